use accounts::organisation::Kind;
use accounts::seller::{self, ProfileForm, SLUG_TAKEN, SellerProfile};
use dbtest::db_test;
use kernel::fail::CHANGED_MEANWHILE;

use crate::support::new_organisation;

const FORM: ProfileForm<'static> = ProfileForm {
    slug: "some-seller",
    name: "Some Seller",
    name_zh: "",
    hotline: "+49 30 123456",
    email: "help@seller.example",
    support_hours: "Monday to Friday 9:00 to 17:00, UTC+1",
    about: "",
};

db_test! {
    async fn a_profile_is_found_by_its_seller_and_by_its_url(bed) {
        let organisation = new_organisation(&bed, Kind::Seller).await;
        bed.db.write(move |tx| seller::insert(tx, &SellerProfile::new(organisation, &FORM)?)).await.unwrap();
        let found = bed.db.read(|tx| seller::find_by_slug(tx, "some-seller")).await.unwrap().unwrap();
        assert_eq!((found.organisation(), found.name_zh(), found.hotline()), (organisation, "Some Seller", "+49 30 123456"));
        assert!(bed.db.read(move |tx| seller::load(tx, organisation)).await.is_ok());
    }

    async fn a_url_belongs_to_one_seller(bed) {
        let (one, other) = (new_organisation(&bed, Kind::Seller).await, new_organisation(&bed, Kind::Seller).await);
        bed.db.write(move |tx| seller::insert(tx, &SellerProfile::new(one, &FORM)?)).await.unwrap();
        let refused = bed.db.write(move |tx| seller::insert(tx, &SellerProfile::new(other, &FORM)?)).await.unwrap_err();
        assert_eq!(refused.field_errors()[0].code, SLUG_TAKEN);
    }

    async fn of_two_who_edit_a_profile_the_second_is_told(bed) {
        let organisation = new_organisation(&bed, Kind::Seller).await;
        bed.db.write(move |tx| seller::insert(tx, &SellerProfile::new(organisation, &FORM)?)).await.unwrap();
        let stale = bed.db.read(move |tx| seller::load(tx, organisation)).await.unwrap();
        bed.db.write(move |tx| {
            let mut profile = seller::load(tx, organisation)?;
            profile.edit(&ProfileForm { name: "Another Name", ..FORM })?;
            seller::save(tx, &mut profile)
        }).await.unwrap();
        let late = bed.db.write(move |tx| seller::save(tx, &mut stale.clone())).await;
        assert!(late.unwrap_err().is(CHANGED_MEANWHILE));
        assert_eq!(bed.db.read(move |tx| seller::load(tx, organisation)).await.unwrap().name(), "Another Name");
    }
}

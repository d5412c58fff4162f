//! Promises of the search index.

mod feeding;
mod narrowing;
mod ranking;

use crate::{Change, ChangeKind, Filter, Group, Index, Price, ProductDocument, SearchQuery};

/// A product with a name; id and address are made of it.
fn product(name: &str) -> ProductDocument {
    let id = name.to_lowercase().replace(' ', "-");
    ProductDocument {
        product_id: id,
        version: 1,
        slug: "p".to_owned(),
        names: vec![name.to_owned()],
        seller_id: "sel_1".to_owned(),
        seller_name: "Northwind".to_owned(),
        category: "office".to_owned(),
        billing_modes: vec!["period".to_owned()],
        delivery_method: "saas".to_owned(),
        prices_from: vec![Price {
            currency: "USD".to_owned(),
            minor: 10_00,
        }],
        ..ProductDocument::default()
    }
}

fn described(name: &str, description: &str) -> ProductDocument {
    ProductDocument {
        descriptions: vec![description.to_owned()],
        ..product(name)
    }
}

fn upsert(seq: i64, document: ProductDocument) -> Change {
    Change {
        seq,
        kind: ChangeKind::Upsert(Box::new(document)),
    }
}

fn remove(seq: i64, product_id: &str) -> Change {
    Change {
        seq,
        kind: ChangeKind::Remove(product_id.to_owned()),
    }
}

fn index_of(products: impl IntoIterator<Item = ProductDocument>) -> Index {
    let index = Index::in_memory().unwrap();
    let changes: Vec<Change> = (1..)
        .zip(products)
        .map(|(seq, document)| upsert(seq, document))
        .collect();
    index.apply(&changes, 1_000).unwrap();
    index
}

fn all() -> SearchQuery {
    SearchQuery {
        currency: "USD".to_owned(),
        limit: 20,
        ..SearchQuery::default()
    }
}

fn text(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        ..all()
    }
}

fn chosen(group: Group, value: &str) -> Filter {
    Filter {
        group,
        value: value.to_owned(),
    }
}

fn found(index: &Index, query: &SearchQuery) -> Vec<String> {
    index.query(query).unwrap().product_ids
}

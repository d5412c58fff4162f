//! What the gallery shows: invented orders, products and forms.

use askama::Template;
use texts::Lang;
use web::ui::*;

struct Order {
    number: &'static str,
    product: &'static str,
    state: StateLabel,
    created: Moment,
    amount: Amount,
    menu: Menu,
}

#[derive(Template)]
#[template(path = "../tests/gallery/console.html")]
pub(crate) struct Console {
    frame: Frame,
    running: StateLabel,
    renew: Button,
    refund: Button,
    tabs: Tabs,
    messages: Vec<Message>,
    steps: Steps,
    steps_failed: Steps,
    progress: Progress,
    toolbar: Toolbar,
    toolbar_short: Toolbar,
    columns: Vec<Column>,
    orders: Vec<Order>,
    pager: Pager,
    empty: EmptyState,
    secret: Secret,
    revealed: RevealedSecret,
    labels: Vec<StateLabel>,
    moment: Moment,
    amount: Amount,
    timeline: Timeline,
    price: PriceLines,
    pay: Button,
    summary: ErrorSummary,
    wrong: Vec<Field>,
    right: Vec<Field>,
    save: Button,
    cancel: Button,
    buttons: Vec<Button>,
    menu: Menu,
    icons: &'static [Icon],
    question: ConfirmDialog,
    dialog: ConfirmDialog,
}

#[derive(Template)]
#[template(path = "../tests/gallery/shop.html")]
pub(crate) struct Shop {
    frame: Frame,
    logo: Logo,
    facets: Facets,
    products: Vec<ProductCard>,
    pages: Pages,
}

#[derive(Template)]
#[template(path = "../tests/gallery/home.html")]
pub(crate) struct Home {
    frame: Frame,
    browse: Button,
    products: Vec<ProductCard>,
    sign_in: Vec<Field>,
    submit: Button,
}

#[derive(Template)]
#[template(path = "../tests/gallery/help.html")]
pub(crate) struct Help {
    frame: Frame,
}

fn moment() -> Moment {
    Moment::new(
        "2026-11-22T14:05:00Z",
        "Nov 22, 2026, 15:05",
        "22 November 2026, 15:05:00 GMT+1",
    )
}

pub(crate) fn frame(lang: Lang, path: &str, title: &str) -> Frame {
    let mut frame = Frame::new("KooGallery", lang, Theme::Auto, path, title);
    frame.categories = [
        "Office and collaboration",
        "Customer relations",
        "Data and analytics",
        "Security",
    ]
    .map(|name| {
        Link::new(
            name,
            format!("/categories/{}", name.to_lowercase().replace(' ', "-")),
        )
    })
    .into();
    frame
}

fn signed_in(mut frame: Frame) -> Frame {
    frame.user = Some(UserMenu {
        name: "buyer@koogallery.localhost".to_owned(),
        organisation: Some("Example Trading Ltd.".to_owned()),
        seller: true,
        operator: true,
        unread: 3,
    });
    frame
}

fn row(number: &'static str, product: &'static str, tone: Tone, word: &str, amount: &str) -> Order {
    Order {
        number,
        product,
        state: StateLabel::new(tone, word),
        created: moment(),
        amount: Amount::new(amount).currency("USD"),
        menu: Menu::of_row(format!("More for {number}")).group(vec![
            MenuItem::link("Change specification", "#"),
            MenuItem::link("Unsubscribe", "#")
                .danger()
                .opens("unsubscribe"),
        ]),
    }
}

fn terms() -> Vec<Choice> {
    vec![
        Choice::new("1m", "1 month").note("Renews by itself until you stop it."),
        Choice::new("1y", "1 year").note("Two months less to pay."),
        Choice::new("3y", "3 years"),
    ]
}

fn right() -> Vec<Field> {
    vec![
        Field::text("name", "Company")
            .required()
            .value("Example Trading Ltd.")
            .help("As it stands in the register.")
            .longest(100),
        Field::email("mail", "E-mail").example("Example: sales@example.com"),
        Field::phone("phone", "Phone"),
        Field::url("address", "Interface address").example("Example: https://example.com/callback"),
        Field::number("quantity", "Users", 10, Some(500), 10)
            .value("20")
            .help("10 to 500, in steps of 10."),
        Field::date("from", "From"),
        Field::password("password", "Password", "new-password").help("At least 12 characters."),
        Field::select("term", "Term", terms()).value("1y"),
        Field::radio("duration", "Required duration", terms()).value("1y"),
        Field::checkboxes("modules", "Modules", terms())
            .value("1m")
            .value("3y"),
        Field::area("wish", "What you need", 3).value("First line\nSecond line"),
        Field::file("files", "Files", ".pdf,.png", true).help("PDF or PNG, at most 10 MB each."),
        Field::checkbox("agree", "I have read and accept the agreement", true).required(),
        Field::text("fixed", "Account").value("hwc-1").disabled(),
    ]
}

fn wrong() -> Vec<Field> {
    let no = |text: &str| Some(text.to_owned());
    vec![
        Field::text("name2", "Company")
            .required()
            .value("")
            .error(no("Enter the name of your company.")),
        Field::number("quantity2", "Users", 10, None, 10)
            .value("15")
            .error(no("Choose a multiple of 10."))
            .help("In steps of 10."),
        Field::select("term2", "Term", terms())
            .error(no("This term is no longer sold. Choose another.")),
        Field::radio("duration2", "Required duration", terms()).error(no("Choose a duration.")),
        Field::area("wish2", "What you need", 3)
            .value("…")
            .error(no("Write at most 2,000 characters.")),
        Field::file("files2", "Files", ".pdf", false).error(no("The file is larger than 10 MB.")),
        Field::checkbox("agree2", "I have read and accept the agreement", false)
            .error(no("Accept the agreement to go on.")),
    ]
}

fn step(title: &str, state: StepState, note: &str) -> Step {
    let step = Step::new(title, state);
    if note.is_empty() {
        step
    } else {
        step.note(note)
    }
}

pub(crate) fn console(lang: Lang) -> Console {
    let mut frame = signed_in(frame(lang, "/my/apps/ins-1", "Acme CRM"));
    frame.nav_title = "My KooGallery".to_owned();
    frame.breadcrumbs = vec![
        Link::new("My KooGallery", "/my"),
        Link::new("Purchased Apps", "/my/apps"),
    ];
    frame.nav = vec![
        NavSection::new(vec![
            NavItem::new("Purchased Apps", "/my/apps"),
            NavItem::new("Service Supervision", "/my/supervision").badge("2"),
            NavItem::new("My Unsubscriptions", "/my/unsubscriptions"),
            NavItem::new("My Favorites", "/my/favorites"),
        ]),
        NavSection::titled(
            "Billing Center",
            vec![
                NavItem::new("My Orders", "/billing/orders"),
                NavItem::new("Unpaid Orders", "/billing/unpaid"),
            ],
        ),
    ];
    frame.flash = Some(Message::new(Tone::Success, "The order is paid."));
    let wrong = wrong();
    Console {
        frame,
        running: StateLabel::new(Tone::Success, "Running"),
        renew: Button::link("Renew", "#").primary(),
        refund: Button::link("Unsubscribe", "#question").opens("unsubscribe"),
        tabs: Tabs::new("Views", "/my/apps/ins-1")
            .tab(Link::new("Resource details", "/my/apps/ins-1"))
            .counted(Link::new("Orders", "/my/apps/ins-1/orders"), "3")
            .tab(Link::new("Messages", "/my/apps/ins-1/messages")),
        messages: vec![
            Message::new(Tone::Danger, "The seller could not open the application.")
                .line("The seller's server answered with an error three times.")
                .line("Nothing was charged. We try again until 18:05 and then refund the order by ourselves.")
                .action(Button::link("See the order", "#").quiet())
                .reference("KG-2041 · reference 7f3a-91c2"),
            Message::new(Tone::Warning, "The term ends in 3 days.").action(Button::link("Renew now", "#").quiet()),
            Message::new(Tone::Info, "The seller answers within one working day."),
            Message::new(Tone::Neutral, "A draft of November 20 is kept.").line("Go on where you left off."),
        ],
        steps: Steps::new(lang, "Supervision", vec![
            step("Paid", StepState::Done, "Nov 20, 10:12"),
            step("Request submitted", StepState::Done, "Nov 20, 16:40"),
            step("Service delivered", StepState::Current, "The seller has until Nov 27"),
            step("Accepted", StepState::Pending, ""),
            step("Completed", StepState::Pending, ""),
        ]),
        steps_failed: Steps::new(lang, "Opening", vec![
            step("Paid", StepState::Done, ""),
            step("Opening", StepState::Failed, "Refused by the seller"),
            step("Running", StepState::Pending, ""),
        ]),
        progress: Progress::new("import", "Import of usage records", "12 of 40 files", 12, 40),
        toolbar: Toolbar::new(lang, "/billing/orders")
            .search("Order number or application", "crm")
            .filter(Filter::new("state", "Any state", vec![Choice::new("paid", "Paid"), Choice::new("open", "Processing")], "paid"))
            .filter(Filter::new("term", "Any time", vec![Choice::new("30", "Last 30 days")], ""))
            .keep("sort", "-created")
            .chip("State: Paid", "/billing/orders?q=crm")
            .chip("Search: crm", "/billing/orders?state=paid")
            .clear("/billing/orders")
            .count("3 orders")
            .action(Button::link("Export", "#").icon(Icon::Download)),
        toolbar_short: Toolbar::new(lang, "/my/favorites").count("No favorites").action(Button::link("Find applications", "#").primary()),
        columns: vec![
            Column::new("Order").sort("#", None),
            Column::new("Application"),
            Column::new("State"),
            Column::new("Created").sort("#", Some(Direction::Down)),
            Column::new("Amount").number().sort("#", None),
            Column::new("Operation"),
        ],
        orders: vec![
            row("CS2611221405A7", "Acme CRM, Team", Tone::Success, "Completed", "$ 1,188.00"),
            row("CS2611201012B3", "Ledger Cloud, Standard", Tone::Info, "Processing", "$ 99.00"),
            row("CS2611180930K9", "Night Watch SOC, 24/7", Tone::Danger, "Refunded", "$ 12,400.50"),
        ],
        pager: Pager::new(lang, Some("#back".into()), Some("#on".into())).summary("Orders 21 to 40"),
        empty: EmptyState::new(Icon::Star, "No favorites yet", "Press the star of an application and it waits for you here.")
            .action(Button::link("Find applications", "#").primary()),
        secret: Secret::new(lang, "/gallery/secret").hidden("instance", "ins-1"),
        revealed: RevealedSecret::new(lang, "correct-horse-battery", "#"),
        labels: [
            (Tone::Success, "Running"),
            (Tone::Info, "Opening"),
            (Tone::Warning, "Expires soon"),
            (Tone::Danger, "Frozen"),
            (Tone::Neutral, "Released"),
        ]
        .map(|(tone, word)| StateLabel::new(tone, word))
        .into(),
        moment: moment(),
        amount: Amount::new("$ 1,188.00").currency("USD"),
        timeline: Timeline::new(vec![
            TimelineEntry::new(Tone::Info, "Delivery submitted", "Seller", moment())
                .text("The tenant is set up.\nThree users were invited.")
                .link(Link::new("handover.pdf", "#")),
            TimelineEntry::new(Tone::Danger, "Request rejected", "Seller", moment()).text("Please name the region."),
            TimelineEntry::new(Tone::Warning, "Reminder sent", "KooGallery", moment()),
            TimelineEntry::new(Tone::Success, "Paid", "Buyer", moment()),
        ]),
        price: PriceLines::new("Price")
            .noted("Team, 10 users", "10 × $ 9.90 × 12 months", Amount::new("$ 1,188.00"))
            .line("Discount", Amount::new("− $ 118.80"))
            .line("Tax", Amount::new("$ 0.00"))
            .total("Total", Amount::new("$ 1,069.20").currency("USD")),
        pay: Button::submit("Pay $ 1,069.20").wide(),
        summary: ErrorSummary::of("Nothing was saved. Please look at these fields.", &wrong).unwrap(),
        wrong,
        right: right(),
        save: Button::submit("Save seller data"),
        cancel: Button::link("Cancel", "#").quiet(),
        buttons: vec![
            Button::submit("Primary"),
            Button::submit("Secondary").secondary(),
            Button::submit("Danger").danger(),
            Button::submit("Disabled").disabled(),
            Button::link("Link", "#").icon(Icon::External).external(),
            Button::link("Disabled link", "#").disabled(),
            Button::link("Small", "#").small(),
            Button::link("Quiet", "#").quiet(),
            Button::submit("Add to favorites").icon_only(Icon::Star),
            Button::submit("Save as draft").secondary().value("act", "draft").icon(Icon::Document),
        ],
        menu: Menu::new("More").group(vec![
            MenuItem::link("Open in a new tab", "#").icon(Icon::External),
            MenuItem::post("Freeze", "/gallery/form").with("id", "1").icon(Icon::Lock).danger(),
        ]),
        icons: Icon::ALL,
        question: ConfirmDialog::new(lang, "question", "Release key AK-1?", "/gallery/form", "Release the key")
            .line("Programs that use it stop working at once.")
            .as_page("#"),
        dialog: ConfirmDialog::new(lang, "unsubscribe", "Unsubscribe from Acme CRM?", "/gallery/form", "Unsubscribe")
            .line("The seller releases the application and its data. This can't be undone.")
            .hidden("idempotency_key", "key-3")
            .field(Field::area("reason", "Reason", 2))
            .danger(),
    }
}

pub(crate) fn shop(lang: Lang) -> Shop {
    let product =
        |name: &str, seller: &str, summary: &str, tag: &str, price: &str, after: Option<&str>| {
            ProductCard::new(name, "#", seller, summary, Logo::new(name, None))
                .tag(tag)
                .price(
                    after.map(|_| "From".to_owned()),
                    Amount::new(price),
                    after.map(str::to_owned),
                )
        };
    let mut frame = frame(lang, "/categories/customer-relations", "Customer relations");
    frame.breadcrumbs = vec![Link::new("KooGallery", "/")];
    Shop {
        frame,
        logo: Logo::new("Customer relations", None).large(),
        facets: Facets::new(lang)
            .group("Delivery")
            .entry("SaaS", "41", "?", true)
            .entry("Licence", "7", "?delivery=licence", false)
            .group("Billing")
            .entry("Yearly or monthly", "1,204", "?billing=term", false)
            .entry("One-time", "12", "?billing=once", false),
        products: vec![
            product(
                "Acme CRM",
                "Acme Software",
                "Contacts, offers and follow-ups in one place, for teams that sell together.",
                "SaaS",
                "$ 9.90",
                Some("/ user and month"),
            )
            .label(StateLabel::new(Tone::Info, "Supervised").icon(Icon::Shield)),
            product(
                "Ledger Cloud",
                "Northwind Finance",
                "Double-entry books that close themselves at the end of the month.",
                "SaaS",
                "$ 49.00",
                Some("/ month"),
            ),
            product(
                "Night Watch SOC",
                "Watchtower Security",
                "People who look at your alarms at three in the morning, and a console that shows what they did, when they did it and what is left for you to decide in the morning.",
                "Service",
                "$ 12,400.50",
                None,
            ),
            product(
                "Yard",
                "Box and Pallet",
                "Gates, docks and lorries in sight.",
                "SaaS",
                "$ 190.00",
                Some("/ month"),
            )
            .label(StateLabel::new(Tone::Success, "New").icon(Icon::Bolt)),
            product(
                "Paperless Desk",
                "Example Trading",
                "Scan, file, find: papers that answer.",
                "SaaS",
                "$ 0.00",
                None,
            ),
            product(
                "Umbrella Insights",
                "Data Harbour",
                "Dashboards for who has no time to build dashboards.",
                "SaaS",
                "$ 75.00",
                Some("/ month"),
            ),
            product(
                "Kitchen Planner",
                "Cutlery",
                "Menus, orders and allergens for canteens.",
                "SaaS",
                "$ 35.00",
                Some("/ month"),
            ),
            product(
                "Quill",
                "Quill Works",
                "Contracts that are written once.",
                "Licence",
                "$ 420.00",
                None,
            ),
        ],
        pages: Pages::new(lang, 4, 12, |number| format!("?page={number}")),
    }
}

pub(crate) fn home(lang: Lang) -> Home {
    Home {
        frame: frame(lang, "/", "KooGallery"),
        browse: Button::link("Browse", "#").primary(),
        products: shop(lang).products.into_iter().take(4).collect(),
        sign_in: vec![
            Field::email("email", "E-mail").required(),
            Field::password("password", "Password", "current-password").required(),
        ],
        submit: Button::submit("Sign in").wide(),
    }
}

pub(crate) fn help(lang: Lang) -> Help {
    let mut frame = signed_in(frame(lang, "/help/buying/how-to-buy", "How to buy"));
    frame.nav_title = frame.t("frame-help").to_owned();
    frame.breadcrumbs = vec![
        Link::new("Help Center", "/help"),
        Link::new("Buying", "/help/buying"),
    ];
    frame.on_this_page = vec![Link::new("Choose", "#choose"), Link::new("Pay", "#pay")];
    frame.nav = vec![NavSection::new(vec![
        NavItem::new("What KooGallery is", "/help/what-it-is"),
        NavItem::new("Buying", "/help/buying").children(vec![
            NavItem::new("How to buy", "/help/buying/how-to-buy"),
            NavItem::new("Prices and terms", "/help/buying/prices"),
        ]),
        NavItem::new("Selling", "/help/selling")
            .children(vec![NavItem::new("Access guide", "/help/selling/access")]),
    ])];
    Help { frame }
}

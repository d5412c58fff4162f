//! The pages, in plain HTML: no script, no assets but one style sheet of their own.

use seller_wire::stamp::digits14;

use crate::instances::Instance;

pub(super) const STYLE: &str = include_str!("style.css");

/// The two addresses of an instance.
#[derive(Clone, Copy)]
pub(super) enum Area {
    App,
    Admin,
}

impl Area {
    pub(super) fn of_path(path: &str) -> Option<Self> {
        match path {
            "app" => Some(Self::App),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Admin => "admin",
        }
    }

    fn title(self, product: &str) -> String {
        match self {
            Self::App => product.to_owned(),
            Self::Admin => format!("Management of {product}"),
        }
    }
}

pub(super) fn address(area: Area, instance_id: &str) -> String {
    let encoded: String = instance_id.bytes().map(encode).collect();
    format!("/{}/{encoded}", area.path())
}

fn encode(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// The form; `wrong` is the user name of a failed attempt.
pub(super) fn log_in(area: Area, instance: &Instance, wrong: Option<&str>) -> String {
    let title = area.title(product(instance).0);
    let alert = match wrong {
        Some(_) => {
            "<p class=\"alert\" role=\"alert\">The user name or the password is wrong. \
             Copy both from the resource details in the marketplace and try again.</p>"
        }
        None => "",
    };
    let main = format!(
        "<h1>{title}</h1>{alert}\
         <form method=\"post\" action=\"{action}\">\
         <label for=\"user_name\">User name</label>\
         <input id=\"user_name\" name=\"user_name\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required value=\"{user_name}\">\
         <label for=\"password\">Password</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required>\
         <button>Log in</button></form>",
        title = escape(&title),
        action = escape(&address(area, &instance.id)),
        user_name = escape(wrong.unwrap_or_default()),
    );
    whole(&format!("Log in - {title}"), &main)
}

/// What one sees after logging in.
pub(super) fn home(area: Area, instance: &Instance) -> String {
    let (name, specification) = product(instance);
    let title = area.title(name);
    let quantity = instance.quantity.map(|quantity| quantity.to_string());
    let expiry = instance.expires_at_s.map(readable);
    let rows = [
        ("Product", Some(name.to_owned())),
        ("Specification", specification.map(str::to_owned)),
        ("Quantity", quantity),
        (
            "Valid until",
            Some(expiry.unwrap_or_else(|| "without end".into())),
        ),
        ("User name", Some(instance.user_name.clone())),
        ("Instance ID", Some(instance.id.clone())),
    ];
    let rows = rows.into_iter().filter_map(|(label, value)| {
        value.map(|value| format!("<div><dt>{label}</dt><dd>{}</dd></div>", escape(&value)))
    });
    let main = format!(
        "<h1>{title}</h1><p role=\"status\">You are logged in.</p><dl>{rows}</dl>\
         <form method=\"post\" action=\"{action}/log-out\"><button>Log out</button></form>",
        title = escape(&title),
        rows = rows.collect::<String>(),
        action = escape(&address(area, &instance.id)),
    );
    whole(&title, &main)
}

pub(super) fn frozen(instance: &Instance) -> String {
    let title = product(instance).0;
    let main = format!(
        "<h1>{}</h1><p class=\"alert\" role=\"alert\">This application is frozen. Its data is kept. \
         Renew the subscription in the marketplace to use it again.</p>",
        escape(title)
    );
    whole(&format!("Frozen - {title}"), &main)
}

pub(super) fn released() -> String {
    whole(
        "Released",
        "<h1>This application was released</h1>\
         <p>The subscription has ended and the data is gone. Buy the product again to start anew.</p>",
    )
}

pub(super) fn not_there() -> String {
    whole(
        "Not found",
        "<h1>There is nothing at this address</h1>\
         <p>Open the application from its resource details in the marketplace.</p>",
    )
}

pub(super) fn front() -> String {
    whole(
        "Sample seller",
        "<h1>Sample seller</h1>\
         <p>This server plays a seller: the marketplace asks it to open applications, and buyers log in to them here. \
         Open an application from its resource details in the marketplace.</p>",
    )
}

/// Product and specification from `product,specification,edition`.
fn product(instance: &Instance) -> (&str, Option<&str>) {
    let name = instance
        .product_name
        .as_deref()
        .unwrap_or("Sample application");
    name.split_once(',')
        .map_or((name, None), |(product, specification)| {
            (product, Some(specification))
        })
}

fn readable(unix_s: i64) -> String {
    let digits = digits14(unix_s);
    let part = |range| digits.get(range).unwrap_or_default();
    let (date, time) = (
        (part(0..4), part(4..6), part(6..8)),
        (part(8..10), part(10..12), part(12..14)),
    );
    format!(
        "{}-{}-{} {}:{}:{} UTC",
        date.0, date.1, date.2, time.0, time.1, time.2
    )
}

fn whole(title: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{}</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/style.css\"></head>\
         <body><main>{main}</main></body></html>",
        escape(title)
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

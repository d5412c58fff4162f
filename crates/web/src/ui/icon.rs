//! The icons: one sprite, one name each, coloured by the text around them.

use std::fmt;

macro_rules! icons {
    ($($variant:ident => $name:literal,)*) => {
        /// An icon of the sprite. Decorative: the words beside it, or the label of its button, say what it means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Icon {
            /// Every icon, for the gallery and for the test that each has a drawing.
            pub const ALL: &'static [Icon] = &[$(Icon::$variant,)*];

            /// The name of its drawing in `web/icons.svg`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Icon::$variant => $name,)*
                }
            }
        }
    };
}

icons! {
    Eye => "eye",
    EyeOff => "eye-off",
    Copy => "copy",
    Check => "check",
    Close => "close",
    CaretDown => "caret-down",
    CaretUp => "caret-up",
    CaretLeft => "caret-left",
    CaretRight => "caret-right",
    Sort => "sort",
    ArrowUp => "arrow-up",
    ArrowDown => "arrow-down",
    ArrowRight => "arrow-right",
    Search => "search",
    Menu => "menu",
    More => "more",
    User => "user",
    Users => "users",
    Grid => "grid",
    Home => "home",
    Info => "info",
    Success => "success",
    Warning => "warning",
    Danger => "danger",
    Blocked => "blocked",
    Clock => "clock",
    Progress => "progress",
    Plus => "plus",
    Minus => "minus",
    Edit => "edit",
    Trash => "trash",
    External => "external",
    Download => "download",
    Upload => "upload",
    Filter => "filter",
    Link => "link",
    Star => "star",
    StarFilled => "star-filled",
    Mail => "mail",
    Bell => "bell",
    Globe => "globe",
    Sun => "sun",
    Moon => "moon",
    Display => "display",
    SignOut => "sign-out",
    Lock => "lock",
    Key => "key",
    Cart => "cart",
    Card => "card",
    Store => "store",
    Shield => "shield",
    Box => "box",
    Document => "document",
    Chart => "chart",
    Settings => "settings",
    Help => "help",
    Support => "support",
    Inbox => "inbox",
    Bolt => "bolt",
    Refresh => "refresh",
    Tag => "tag",
}

impl fmt::Display for Icon {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "<svg class=\"kg-icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{}#{}\"/></svg>",
            crate::assets::asset_path("icons.svg"),
            self.name()
        )
    }
}

impl askama::FastWritable for Icon {
    fn write_into(&self, out: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        write!(out, "{self}")?;
        Ok(())
    }
}

impl askama::filters::HtmlSafe for Icon {}

#[cfg(test)]
mod tests {
    use super::Icon;

    #[test]
    fn every_icon_has_its_drawing() {
        let sprite = include_str!("../../../../web/icons.svg");
        for icon in Icon::ALL {
            let drawing = format!("<symbol id=\"{}\"", icon.name());
            assert!(sprite.contains(&drawing), "{icon:?}");
        }
    }
}

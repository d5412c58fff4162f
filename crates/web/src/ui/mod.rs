//! The kit that every page is built of: each pattern of the design system once.
//!
//! A component is a struct that knows how to show itself: a page holds it as a field and writes `{{ pager }}`.
//! What wraps other content is a macro in `templates/ui/kit.html`. `templates/ui/README.md` lists all of them.
//! A component speaks only the words it is given; the few standing ones ("Show password", "Next") it takes from
//! the reader's language. Everything works without script.

/// Makes a template struct usable inside another template as `{{ it }}`: its markup is already escaped.
macro_rules! component {
    ($($name:ty),+ $(,)?) => {
        $(impl askama::filters::HtmlSafe for $name {})+
    };
}

mod button;
mod detail;
mod dialog;
mod field;
mod frame;
mod icon;
mod list;
mod menu;
mod message;
mod secret;
mod shop;
mod value;

pub use button::Button;
pub use detail::{PriceLines, Step, StepState, Steps, Tabs, Timeline, TimelineEntry};
pub use dialog::ConfirmDialog;
pub use field::{Choice, ErrorSummary, Field};
pub use frame::{Frame, NavItem, NavSection, Theme, UserMenu, paths};
pub use icon::Icon;
pub use list::{Column, Direction, Filter, Pager, Pages, Toolbar};
pub use menu::{Menu, MenuItem};
pub use message::{EmptyState, Message, StateLabel, Tone};
pub use secret::{RevealedSecret, Secret};
pub use shop::{Facets, ProductCard};
pub use value::{Amount, Link, Logo, Moment, Progress};

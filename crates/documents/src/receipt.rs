//! The data of a receipt. Every text is printed as it stands, in the language of its reader.

use serde::Serialize;

/// A receipt for one paid order.
#[derive(Debug, Clone, Serialize)]
pub struct Receipt {
    /// Language of the texts, as in `en` or `zh`: decides how words are broken and read aloud.
    pub language: String,
    /// Name of the marketplace.
    pub brand: String,
    /// What this is, as in "Receipt".
    pub title: String,
    /// The word for its state, as in "Paid"; empty prints none.
    pub status: String,
    /// Order number, dates and the like.
    pub facts: Vec<Fact>,
    /// Who issues it.
    pub issuer: Party,
    /// Whom it is for.
    pub buyer: Party,
    /// The headings over the lines.
    pub columns: ReceiptColumns,
    /// What was bought.
    pub lines: Vec<ReceiptLine>,
    /// Subtotal, discount, each tax, total; in this order below the lines.
    pub totals: Vec<TotalRow>,
    /// Heading over the payment.
    pub payment_heading: String,
    /// How, when and under which reference it was paid; none leaves the heading out.
    pub payment: Vec<Fact>,
    /// Heading over the notes.
    pub notes_heading: String,
    /// Paragraphs at the end; none leaves the heading out.
    pub notes: Vec<String>,
    /// What stands at the foot of each page beside the page number.
    pub footer: String,
    /// The page number, as in `Page {page} of {pages}`.
    pub page_label: String,
}

/// A label and what it names.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// As in "Order number".
    pub label: String,
    /// As in the number itself.
    pub value: String,
}

/// One of the two sides.
#[derive(Debug, Clone, Serialize)]
pub struct Party {
    /// As in "From" or "Billed to".
    pub label: String,
    /// Name of the person or company.
    pub name: String,
    /// Address, tax number and so on, a line each.
    pub details: Vec<String>,
}

/// The headings over the lines.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptColumns {
    /// Over what was bought.
    pub description: String,
    /// Over how many.
    pub quantity: String,
    /// Over for how long.
    pub period: String,
    /// Over how much.
    pub amount: String,
}

/// One thing that was bought.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptLine {
    /// The product.
    pub description: String,
    /// Specification, seller and the like, printed small below; may be empty.
    pub detail: String,
    /// How many.
    pub quantity: String,
    /// For how long; may be empty.
    pub period: String,
    /// How much, before what the totals add.
    pub amount: String,
}

/// One row below the lines.
#[derive(Debug, Clone, Serialize)]
pub struct TotalRow {
    /// As in "Subtotal" or "VAT 19 %".
    pub label: String,
    /// How much.
    pub amount: String,
    /// Whether this is the sum that counts.
    pub strong: bool,
}

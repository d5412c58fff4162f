//! From words to what matches them, and how well.
//!
//! Scores are tiers, so that a small catalogue ranks as sensibly as a large one: a word in a
//! name counts more than one in label, category or seller, and that more than one in a text;
//! a whole word more than the beginning of one, and that more than another spelling. Only
//! inside texts the rarity and number of words count. All of what matches adds up; the tiers
//! are far enough apart for that ([`NAME`] > [`KEYS`] + the most that a text can reach +
//! their beginnings).

use std::ops::Bound;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, InvertedIndexRangeQuery, Occur,
    Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::error::Error;
use crate::fields::{Fields, spaced};
use crate::words::han_characters;

const WHOLE_TITLE: f32 = 10.0;
const TITLE_BEGINNING: f32 = 3.0;
const NAME: f32 = 16.0;
const KEYS: f32 = 6.0;
/// Factor on the text score, which stays below 25 for a hundred thousand products.
const TEXT: f32 = 0.2;
const NAME_BEGINNING: f32 = 5.0;
const KEYS_BEGINNING: f32 = 3.0;
const TEXT_BEGINNING: f32 = 0.5;
const NAME_SPELLING: f32 = 3.0;
const KEYS_SPELLING: f32 = 1.5;
const TEXT_SPELLING: f32 = 0.3;
/// What is left of a spelling's score when two letters differ instead of one.
const SECOND_LETTER: f32 = 0.3;

/// From this length on a beginning is looked for outside the words of names too; shorter ones
/// match too much.
const LONG_BEGINNING: usize = 3;
/// From this length on one letter may differ.
const ONE_DIFFERENCE: usize = 3;
/// From this length on two letters may differ.
const TWO_DIFFERENCES: usize = 8;

type Clause = (Occur, Box<dyn Query>);

/// The words of one search against one state of the index.
pub(crate) struct Matching<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    words: &'a [String],
    /// Whether only names are looked at, as when names are suggested.
    names_only: bool,
}

/// The words as they can be found when some of them aren't known.
pub(crate) struct Respelled {
    readings: Vec<Reading>,
    /// The text with known spellings in place of unknown ones, if there is any difference.
    pub(crate) corrected: Option<String>,
}

enum Reading {
    /// As it was typed.
    Known(String),
    /// Known with this many letters different.
    Misspelt { typed: String, differences: u8 },
    /// An unknown Chinese word, looked for by its characters.
    Characters(Vec<String>),
    /// Nothing like it is known.
    Unknown,
}

impl<'a> Matching<'a> {
    /// Words to look up in names, keys and texts.
    pub(crate) fn everywhere(searcher: &'a Searcher, fields: Fields, words: &'a [String]) -> Self {
        Self {
            searcher,
            fields,
            words,
            names_only: false,
        }
    }

    /// Words to look up in names only.
    pub(crate) fn in_names(searcher: &'a Searcher, fields: Fields, words: &'a [String]) -> Self {
        Self {
            names_only: true,
            ..Self::everywhere(searcher, fields, words)
        }
    }

    /// What has each of the words; the last one may be the beginning of a word.
    pub(crate) fn all_words(&self) -> BooleanQuery {
        let mut clauses: Vec<Clause> = self
            .numbered_words()
            .map(|(word, is_last)| (Occur::Must, self.known_word(word, is_last)))
            .collect();
        let whole = spaced(self.words);
        clauses.extend(constant(self.term(self.fields.title, &whole), WHOLE_TITLE));
        if whole.chars().count() >= LONG_BEGINNING {
            let title = beginning(self.fields.title, &whole);
            clauses.extend(constant(title, TITLE_BEGINNING));
        }
        BooleanQuery::new(clauses)
    }

    /// Other spellings for the words that no product has.
    ///
    /// # Errors
    /// When the index can't be read.
    pub(crate) fn respell(&self) -> Result<Respelled, Error> {
        let mut readings = Vec::new();
        let mut spelled = Vec::new();
        let mut differs = false;
        for (word, is_last) in self.numbered_words() {
            let reading = self.read(word, is_last)?;
            let replacement = match &reading {
                Reading::Misspelt { typed, differences } => self.closest(typed, *differences)?,
                _ => None,
            };
            differs |= replacement.is_some();
            spelled.push(replacement.unwrap_or_else(|| word.clone()));
            readings.push(reading);
        }
        Ok(Respelled {
            readings,
            corrected: differs.then(|| spaced(&spelled)),
        })
    }

    /// What has each of the respelled words; none when that can't find more than the words as
    /// typed did.
    pub(crate) fn all_readings(&self, respelled: &Respelled) -> Option<BooleanQuery> {
        let typed = |reading: &Reading| matches!(reading, Reading::Known(_));
        let unknown = |reading: &Reading| matches!(reading, Reading::Unknown);
        if respelled.readings.iter().all(typed) || respelled.readings.iter().any(unknown) {
            return None;
        }
        Some(self.readings(respelled, Occur::Must))
    }

    /// What has at least one of the respelled words.
    pub(crate) fn any_reading(&self, respelled: &Respelled) -> BooleanQuery {
        self.readings(respelled, Occur::Should)
    }

    fn readings(&self, respelled: &Respelled, occur: Occur) -> BooleanQuery {
        let last = respelled.readings.len().saturating_sub(1);
        let clauses = respelled
            .readings
            .iter()
            .enumerate()
            .filter_map(|(place, reading)| match reading {
                Reading::Known(word) => Some(self.known_word(word, place == last)),
                Reading::Misspelt { typed, differences } => {
                    Some(self.misspelt_word(typed, *differences))
                }
                Reading::Characters(characters) => Some(self.characters(characters)),
                Reading::Unknown => None,
            })
            .map(|query| (occur, query))
            .collect();
        BooleanQuery::new(clauses)
    }

    fn numbered_words(&self) -> impl Iterator<Item = (&'a String, bool)> {
        let count = self.words.len();
        self.words
            .iter()
            .enumerate()
            .map(move |(place, word)| (word, place + 1 == count))
    }

    fn searched_fields(&self) -> Vec<Field> {
        if self.names_only {
            vec![self.fields.name]
        } else {
            vec![self.fields.name, self.fields.keys, self.fields.text]
        }
    }

    fn known_word(&self, word: &str, may_go_on: bool) -> Box<dyn Query> {
        let Fields {
            name, keys, text, ..
        } = self.fields;
        let mut clauses: Vec<Clause> = Vec::new();
        clauses.extend(constant(self.term(name, word), NAME));
        if !self.names_only {
            clauses.extend(constant(self.term(keys, word), KEYS));
            let rarity = TermQuery::new(
                Term::from_field_text(text, word),
                IndexRecordOption::WithFreqs,
            );
            let rarity = BoostQuery::new(Box::new(rarity), TEXT);
            clauses.push((Occur::Should, Box::new(rarity)));
        }
        if may_go_on {
            clauses.extend(constant(beginning(name, word), NAME_BEGINNING));
            if !self.names_only && word.chars().count() >= LONG_BEGINNING {
                clauses.extend(constant(beginning(keys, word), KEYS_BEGINNING));
                clauses.extend(constant(beginning(text, word), TEXT_BEGINNING));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn misspelt_word(&self, word: &str, differences: u8) -> Box<dyn Query> {
        let scores = [NAME_SPELLING, KEYS_SPELLING, TEXT_SPELLING];
        let factor = if differences > 1 { SECOND_LETTER } else { 1.0 };
        let clauses = self
            .searched_fields()
            .into_iter()
            .zip(scores)
            .flat_map(|(field, score)| {
                let query =
                    FuzzyTermQuery::new(Term::from_field_text(field, word), differences, true);
                constant(Box::new(query), score * factor)
            })
            .collect();
        Box::new(BooleanQuery::new(clauses))
    }

    fn characters(&self, characters: &[String]) -> Box<dyn Query> {
        let clauses = characters
            .iter()
            .map(|character| (Occur::Must, self.known_word(character, false)))
            .collect();
        Box::new(BooleanQuery::new(clauses))
    }

    fn term(&self, field: Field, word: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(
            Term::from_field_text(field, word),
            IndexRecordOption::Basic,
        ))
    }

    fn read(&self, word: &str, is_last: bool) -> Result<Reading, Error> {
        if self.is_known(word, is_last)? {
            return Ok(Reading::Known(word.to_owned()));
        }
        let characters: Vec<String> = han_characters(word).collect();
        if !characters.is_empty() {
            return Ok(Reading::Characters(characters));
        }
        let length = word.chars().count();
        for (differences, from) in [(1, ONE_DIFFERENCE), (2, TWO_DIFFERENCES)] {
            if length >= from && self.closest(word, differences)?.is_some() {
                return Ok(Reading::Misspelt {
                    typed: word.to_owned(),
                    differences,
                });
            }
        }
        Ok(Reading::Unknown)
    }

    fn is_known(&self, word: &str, is_last: bool) -> Result<bool, Error> {
        for field in self.searched_fields() {
            for reader in self.searcher.segment_readers() {
                let index = reader.inverted_index(field)?;
                let mut from_here = index.terms().range().ge(word).into_stream()?;
                if from_here.advance() {
                    let next = from_here.key();
                    if next == word.as_bytes() || (is_last && next.starts_with(word.as_bytes())) {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    /// The word of the index with at most so many letters different that most products have.
    fn closest(&self, word: &str, differences: u8) -> Result<Option<String>, Error> {
        let mut best: Option<(u32, String)> = None;
        for field in self.searched_fields() {
            let pattern =
                FuzzyTermQuery::new(Term::from_field_text(field, word), differences, true);
            for reader in self.searcher.segment_readers() {
                let index = reader.inverted_index(field)?;
                let mut found = index.terms().search(pattern.automaton()?).into_stream()?;
                while found.advance() {
                    let products = found.value().doc_freq;
                    if best.as_ref().is_none_or(|(most, _)| products > *most) {
                        let spelling = String::from_utf8_lossy(found.key()).into_owned();
                        best = Some((products, spelling));
                    }
                }
            }
        }
        Ok(best.map(|(_, spelling)| spelling))
    }
}

fn constant(query: Box<dyn Query>, score: f32) -> Option<Clause> {
    Some((Occur::Should, Box::new(ConstScoreQuery::new(query, score))))
}

/// What has a word that begins like this.
fn beginning(field: Field, word: &str) -> Box<dyn Query> {
    let last = format!("{word}{}", char::MAX);
    Box::new(InvertedIndexRangeQuery::new(
        Bound::Included(Term::from_field_text(field, word)),
        Bound::Included(Term::from_field_text(field, &last)),
    ))
}

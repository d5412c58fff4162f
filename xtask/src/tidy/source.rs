//! Rust text, read just far enough to tell code from comments, texts and tests.

use std::ops::Range;

/// A Rust file in which only production code is left. Line numbers are those of the file.
pub(crate) struct Source {
    /// Comments, the contents of texts and test code are blank.
    code: String,
    literals: Vec<Literal>,
}

/// A text literal of production code, as written between its quotes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn of(text: &str) -> Self {
        let (mut code, mut literals) = mask(text);
        for lines in test_items(&code) {
            literals.retain(|literal| !lines.contains(&literal.line));
            code = blank_lines(&code, &lines);
        }
        Self { code, literals }
    }

    /// The lines of code with their numbers from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered(&self.code)
    }

    /// The whole code.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    pub(crate) fn literals(&self) -> &[Literal] {
        &self.literals
    }
}

/// Lines with their numbers from 1.
pub(crate) fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}

/// The number of the line in which a position lies.
pub(crate) fn line_at(text: &str, position: usize) -> usize {
    let before = text.get(..position).unwrap_or(text);
    before.matches('\n').count() + 1
}

/// The positions at which `word` stands and no letter, digit or `_` touches it.
pub(crate) fn words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let belongs = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |&at| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text
                .get(at + word.len()..)
                .and_then(|after| after.chars().next());
            let starts_open = word.starts_with(|c| !belongs(c));
            let ends_open = word.ends_with(|c| !belongs(c));
            (starts_open || !before.is_some_and(belongs))
                && (ends_open || !after.is_some_and(belongs))
        })
}

/// From an opening brace to behind its closing one, in masked code.
pub(crate) fn block_end(code: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, c) in code.get(open..).unwrap_or_default().char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return open + offset + 1;
        }
    }
    code.len()
}

/// Blanks comments and the contents of texts, and collects the texts.
pub(crate) fn mask(text: &str) -> (String, Vec<Literal>) {
    let mut masker = Masker {
        rest: text,
        line: 1,
        code: String::with_capacity(text.len()),
        literals: Vec::new(),
    };
    while let Some(c) = masker.rest.chars().next() {
        masker.step(c);
    }
    (masker.code, masker.literals)
}

struct Masker<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Masker<'_> {
    fn step(&mut self, c: char) {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.blank(comment_end(rest));
        } else if c == '"' {
            self.literal(1, text_end(rest), 1);
        } else if let Some(hashes) = self.raw_hashes() {
            // r, hashes, quote
            let start = 2 + hashes;
            let closing = format!("\"{}", "#".repeat(hashes));
            let body = rest.get(start..).unwrap_or_default();
            let end = body.find(&closing).unwrap_or(body.len());
            self.literal(start, start + end, closing.len());
        } else if c == '\'' {
            match character_end(rest) {
                Some(end) => self.blank(end),
                None => self.keep(1),
            }
        } else {
            self.keep(c.len_utf8());
        }
    }

    /// The number of `#` of a raw text that begins here.
    fn raw_hashes(&self) -> Option<usize> {
        let name_before = self
            .code
            .chars()
            .next_back()
            .is_some_and(|c| (c.is_alphanumeric() && c != 'b') || c == '_');
        let after = self.rest.strip_prefix('r').filter(|_| !name_before)?;
        let hashes = after.len() - after.trim_start_matches('#').len();
        after.get(hashes..)?.starts_with('"').then_some(hashes)
    }

    fn keep(&mut self, length: usize) {
        let (kept, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.line += kept.matches('\n').count();
        self.code.push_str(kept);
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        let (blanked, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.line += blanked.matches('\n').count();
        self.code.push_str(&blanks(blanked));
        self.rest = rest;
    }

    /// Keeps the quotes and blanks what is between `start` and `end`.
    fn literal(&mut self, start: usize, end: usize, closing: usize) {
        let text = self.rest.get(start..end).unwrap_or_default().to_owned();
        self.literals.push(Literal {
            line: self.line,
            text,
        });
        self.keep(start);
        self.blank(end.saturating_sub(start));
        self.keep(closing);
    }
}

fn blanks(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { '\n' } else { ' ' })
        .collect()
}

fn comment_end(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The position of the closing quote of a text that begins with a quote.
fn text_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The end of a character literal; nothing for a lifetime.
fn character_end(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    let first = body.chars().next()?;
    if first == '\\' {
        // The escaped sign itself may be a quote.
        let tail = body.get(2..)?;
        return tail.find('\'').map(|end| end + 4);
    }
    let after = body.get(first.len_utf8()..)?;
    after.starts_with('\'').then(|| first.len_utf8() + 2)
}

/// The lines of the items that only tests are compiled with.
fn test_items(code: &str) -> Vec<Range<usize>> {
    let attributes = ["#[cfg(test)]", "#[cfg(all(test"];
    let starts = attributes
        .iter()
        .flat_map(|attribute| code.match_indices(attribute));
    starts
        .map(|(start, attribute)| {
            let from = start + attribute.len();
            let tail = code.get(from..).unwrap_or_default();
            let end = match tail.find(['{', ';']).map(|at| from + at) {
                Some(at) if code.get(at..).is_some_and(|here| here.starts_with('{')) => {
                    block_end(code, at)
                }
                Some(at) => at + 1,
                None => code.len(),
            };
            line_at(code, start)..line_at(code, end) + 1
        })
        .collect()
}

fn blank_lines(code: &str, lines: &Range<usize>) -> String {
    numbered(code)
        .map(|(number, line)| if lines.contains(&number) { "" } else { line })
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_no_code() {
        let (code, literals) =
            mask("a(\"x // y\"); // b\n/* c /* d */ e */ f('\"', '\\'', 'q') <'g>");
        assert_eq!(
            code.split_whitespace().collect::<String>(),
            "a(\"\");f(,,)<'g>"
        );
        assert_eq!(
            literals,
            [Literal {
                line: 1,
                text: "x // y".to_owned()
            }]
        );
    }

    #[test]
    fn raw_texts_end_at_their_own_hashes() {
        let (code, literals) = mask("let q = r#\"say \"hi\" \\\"#; for_r(br\"x\")");
        assert!(code.contains("; for_r("), "{code}");
        assert_eq!(literals.len(), 2);
        assert_eq!(literals.first().unwrap().text, "say \"hi\" \\");
    }

    #[test]
    fn test_modules_are_left_out_and_line_numbers_stay() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"{\"; }\n}\nfn c() {}\n";
        let source = Source::of(text);
        let left: Vec<_> = source
            .lines()
            .filter(|(_, line)| !line.is_empty())
            .collect();
        assert_eq!(left, [(1, "fn a() {}"), (6, "fn c() {}")]);
        assert!(source.literals().is_empty());
    }

    #[test]
    fn a_word_is_not_part_of_another() {
        assert_eq!(words("rand::x brand::y", "rand::").collect::<Vec<_>>(), [0]);
        assert_eq!(words("store restore store_x store", "store").count(), 2);
    }
}

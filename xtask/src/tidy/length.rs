//! Long files and functions ask for a split along meaning. They warn; nobody is stopped.

use super::Finding;
use super::source::{block_end, line_at, mask, words};
use super::tree::Tree;

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 100;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut warnings = Vec::new();
    for (path, text) in tree.texts_at("", ".rs") {
        let lines = text.lines().count();
        if lines > FILE_LINES {
            let sentence = format!("{lines} lines: which two purposes does this file have?");
            warnings.push(Finding::new(path, 1, sentence));
        }
        let (code, _) = mask(text);
        for (line, length) in functions(&code) {
            if length > FUNCTION_LINES {
                let sentence = format!("a function of {length} lines: name its parts");
                warnings.push(Finding::new(path, line, sentence));
            }
        }
    }
    warnings
}

/// First line and length of each function with a body.
fn functions(code: &str) -> Vec<(usize, usize)> {
    words(code, "fn")
        .filter_map(|start| {
            let head = code.get(start..)?;
            let open = head.find(['{', ';'])?;
            if !head.get(open..)?.starts_with('{') {
                return None;
            }
            let first = line_at(code, start);
            let last = line_at(code, block_end(code, start + open));
            Some((first, last - first + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_from_their_name_to_their_brace() {
        let code = "trait T { fn a(&self); }\nfn b() {\n    if x { y }\n}\nfn c() {}\n";
        assert_eq!(functions(code), [(2, 3), (5, 1)]);
    }
}

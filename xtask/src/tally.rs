//! Counting tests from what the test runners print at their ends.

/// How many tests ran, by result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Takes in one line of `cargo test`. Each test binary closes with one such line.
    pub(crate) fn see_cargo(&mut self, line: &str) {
        if let Some(result) = line.strip_prefix("test result:") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
        }
    }

    /// Takes in one line of `node --test` with its reporter `spec`.
    pub(crate) fn see_node(&mut self, line: &str) {
        let Some((name, count)) = line
            .strip_prefix("ℹ ")
            .and_then(|result| result.split_once(' '))
        else {
            return;
        };
        let count = count.parse().unwrap_or(0);
        match name {
            "pass" => self.passed += count,
            "fail" | "cancelled" => self.failed += count,
            _ => {}
        }
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_closing_lines_add_up() {
        let mut tally = Tally::default();
        tally.see_cargo("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered");
        tally.see_cargo("test a_test_about_5 passed ... ok");
        tally.see_cargo("test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured");
        assert_eq!(
            tally,
            Tally {
                passed: 13,
                failed: 2
            }
        );
    }

    #[test]
    fn nodes_closing_lines_count_cancelled_tests_as_failed() {
        let mut tally = Tally::default();
        for line in [
            "✔ a buyer buys (12ms)",
            "ℹ tests 5",
            "ℹ pass 3",
            "ℹ fail 1",
            "ℹ cancelled 1",
            "ℹ duration_ms 55.2",
        ] {
            tally.see_node(line);
        }
        assert_eq!(
            tally,
            Tally {
                passed: 3,
                failed: 2
            }
        );
    }
}

//! One pass over what matches: narrowing, counting, and keeping the best.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::query::{EnableScoring, Query};

use crate::error::Error;
use crate::fields::Fields;
use crate::matching::Matching;
use crate::query::{FacetCount, Facets, Group, SearchQuery, SearchResult, Sort};
use crate::snapshot::{Codes, Row, Snapshot, Vocabulary};
use crate::words::{Purpose, words};

/// Further words of a text are not looked at.
const MOST_WORDS: usize = 16;

/// Answers a search.
///
/// Words are tried as typed; then, when that reaches nothing, with other spellings for those
/// that no product has; then some of them instead of all.
///
/// # Errors
/// When the index can't be read.
pub(crate) fn find(
    snapshot: &Snapshot,
    fields: Fields,
    query: &SearchQuery,
) -> Result<SearchResult, Error> {
    if query.text.trim().is_empty() {
        return Ok(Tally::of(snapshot, query, None)?.into_result(&snapshot.vocabulary, query));
    }
    let mut words = words(&query.text, Purpose::LookUp);
    words.truncate(MOST_WORDS);
    if words.is_empty() {
        return Ok(SearchResult::default());
    }
    let matching = Matching::everywhere(&snapshot.searcher, fields, &words);
    let as_typed = Tally::of(snapshot, query, Some(&matching.all_words()))?;
    if as_typed.reached {
        return Ok(as_typed.into_result(&snapshot.vocabulary, query));
    }
    let respelled = matching.respell()?;
    if let Some(all) = matching.all_readings(&respelled) {
        let tally = Tally::of(snapshot, query, Some(&all))?;
        if tally.reached {
            return Ok(SearchResult {
                corrected: respelled.corrected,
                ..tally.into_result(&snapshot.vocabulary, query)
            });
        }
    }
    let some = Tally::of(snapshot, query, Some(&matching.any_reading(&respelled)))?;
    Ok(SearchResult {
        partial: some.reached,
        corrected: respelled.corrected.filter(|_| some.reached),
        ..some.into_result(&snapshot.vocabulary, query)
    })
}

/// The products whose names continue what was typed, best first.
///
/// # Errors
/// When the index can't be read.
pub(crate) fn suggest(
    snapshot: &Snapshot,
    fields: Fields,
    text: &str,
    region: Option<&str>,
    limit: usize,
) -> Result<Vec<String>, Error> {
    let mut words = words(text, Purpose::LookUp);
    words.truncate(MOST_WORDS);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let query = SearchQuery {
        region: region.map(str::to_owned),
        limit,
        ..SearchQuery::default()
    };
    let matching = Matching::in_names(&snapshot.searcher, fields, &words);
    let tally = Tally::of(snapshot, &query, Some(&matching.all_words()))?;
    Ok(tally.into_product_ids(&query))
}

/// What narrows the matches, in the codes of the snapshot.
struct Narrowing {
    /// For each code of a set of regions, whether the buyer's is in it.
    regions: Vec<bool>,
    /// For each group, whether each code passes; none when nothing was chosen in the group.
    groups: [Option<Vec<bool>>; Group::ALL.len()],
    currency: Option<u32>,
    price: Option<(i64, i64)>,
}

impl Narrowing {
    fn new(vocabulary: &Vocabulary, query: &SearchQuery) -> Self {
        let in_region = |set: &Vec<String>| {
            set.is_empty()
                || query
                    .region
                    .as_ref()
                    .is_none_or(|region| set.contains(region))
        };
        let mut groups = [const { None }; Group::ALL.len()];
        for ((group, codes), passes) in vocabulary.groups().zip(&mut groups) {
            *passes = chosen(group, codes, query);
        }
        let priced = query.min_price_minor.is_some() || query.max_price_minor.is_some();
        Self {
            regions: vocabulary.regions.sets().iter().map(in_region).collect(),
            groups,
            currency: vocabulary.currencies.code_of(&query.currency),
            price: priced.then(|| {
                (
                    query.min_price_minor.unwrap_or(i64::MIN),
                    query.max_price_minor.unwrap_or(i64::MAX),
                )
            }),
        }
    }

    fn in_region(&self, row: &Row) -> bool {
        at(&self.regions, row.regions).copied().unwrap_or(false)
    }

    fn in_price(&self, row: &Row) -> bool {
        self.price.is_none_or(|(least, most)| {
            row.price(self.currency)
                .is_some_and(|price| (least..=most).contains(&price))
        })
    }
}

fn chosen(group: Group, codes: &Codes, query: &SearchQuery) -> Option<Vec<bool>> {
    let values = query.filters.iter().filter(|filter| filter.group == group);
    values.clone().next()?;
    let passes = |set: &Vec<String>| values.clone().any(|filter| set.contains(&filter.value));
    Some(codes.sets().iter().map(passes).collect())
}

fn at<T>(values: &[T], code: u32) -> Option<&T> {
    values.get(usize::try_from(code).ok()?)
}

/// What one pass found.
struct Tally<'a> {
    narrowing: Narrowing,
    sort: Sort,
    scored: bool,
    keep: usize,
    best: BinaryHeap<Reverse<Candidate<'a>>>,
    total: u64,
    /// Whether any product in the region matched, whatever was chosen beside the results.
    reached: bool,
    /// For each group, how many products per code.
    counts: [Vec<u64>; Group::ALL.len()],
}

impl<'a> Tally<'a> {
    fn of(
        snapshot: &'a Snapshot,
        query: &SearchQuery,
        matching: Option<&dyn Query>,
    ) -> Result<Self, Error> {
        let mut counts = [const { Vec::new() }; Group::ALL.len()];
        for ((_, codes), count) in snapshot.vocabulary.groups().zip(&mut counts) {
            *count = vec![0; codes.sets().len()];
        }
        let mut tally = Self {
            narrowing: Narrowing::new(&snapshot.vocabulary, query),
            sort: query.sort,
            scored: matching.is_some(),
            keep: first(query) + limit(query),
            best: BinaryHeap::new(),
            total: 0,
            reached: false,
            counts,
        };
        let Some(matching) = matching else {
            snapshot.rows().for_each(|row| tally.see(row, 1.0));
            return Ok(tally);
        };
        let weight = matching.weight(EnableScoring::enabled_from_searcher(&snapshot.searcher))?;
        for (reader, table) in snapshot.parts() {
            let alive = reader.alive_bitset();
            weight.for_each(reader, &mut |document, score| {
                if alive.is_none_or(|alive| alive.is_alive(document))
                    && let Some(row) = table.row(document)
                {
                    tally.see(row, score);
                }
            })?;
        }
        Ok(tally)
    }

    /// Takes one match in. A product that fails in one group only is counted in that group, so
    /// that its other values say what they would find.
    fn see(&mut self, row: &'a Row, score: f32) {
        if !self.narrowing.in_region(row) {
            return;
        }
        self.reached = true;
        if !self.narrowing.in_price(row) {
            return;
        }
        let mut failed = None;
        for (place, (passes, code)) in self.narrowing.groups.iter().zip(row.codes).enumerate() {
            if let Some(passes) = passes
                && at(passes, code) != Some(&true)
                && failed.replace(place).is_some()
            {
                return;
            }
        }
        for (place, (counts, code)) in self.counts.iter_mut().zip(row.codes).enumerate() {
            if failed.is_none_or(|failed| failed == place)
                && let Some(count) = usize::try_from(code).ok().and_then(|at| counts.get_mut(at))
            {
                *count += 1;
            }
        }
        if failed.is_none() {
            self.total += 1;
            self.keep_if_good(row, score);
        }
    }

    fn keep_if_good(&mut self, row: &'a Row, score: f32) {
        let candidate = Candidate {
            rank: self.rank(row, score),
            product_id: &row.product_id,
        };
        if self.best.len() < self.keep {
            self.best.push(Reverse(candidate));
        } else if let Some(mut worst) = self.best.peek_mut()
            && candidate > worst.0
        {
            *worst = Reverse(candidate);
        }
    }

    fn rank(&self, row: &Row, score: f32) -> [i64; 3] {
        let price = || row.price(self.narrowing.currency);
        match self.sort {
            Sort::Relevance if self.scored => {
                // The bits of numbers above zero are in the order of the numbers.
                let score = i64::from((score * row.boost).to_bits());
                [score, row.popularity, row.listed_at]
            }
            Sort::Relevance | Sort::Popular => [row.popularity, row.listed_at, 0],
            Sort::Newest => [row.listed_at, row.popularity, 0],
            Sort::PriceAscending => {
                let price = price().map_or(i64::MIN, i64::saturating_neg);
                [price, row.popularity, row.listed_at]
            }
            Sort::PriceDescending => {
                let price = price().unwrap_or(i64::MIN);
                [price, row.popularity, row.listed_at]
            }
        }
    }

    fn into_product_ids(self, query: &SearchQuery) -> Vec<String> {
        self.best
            .into_sorted_vec()
            .into_iter()
            .skip(first(query))
            .map(|Reverse(candidate)| candidate.product_id.to_owned())
            .collect()
    }

    fn into_result(self, vocabulary: &Vocabulary, query: &SearchQuery) -> SearchResult {
        SearchResult {
            total: self.total,
            facets: facets(vocabulary, &self.counts),
            product_ids: self.into_product_ids(query),
            corrected: None,
            partial: false,
        }
    }
}

fn first(query: &SearchQuery) -> usize {
    query.offset.min(SearchQuery::MAX_OFFSET)
}

fn limit(query: &SearchQuery) -> usize {
    query.limit.min(SearchQuery::MAX_LIMIT)
}

fn facets(vocabulary: &Vocabulary, counts: &[Vec<u64>]) -> Facets {
    let groups = vocabulary
        .groups()
        .zip(counts)
        .map(|((group, codes), counts)| (group, facet_counts(codes, counts)))
        .collect();
    Facets { groups }
}

fn facet_counts(codes: &Codes, counts: &[u64]) -> Vec<FacetCount> {
    let mut by_value: BTreeMap<&String, u64> = BTreeMap::new();
    for (set, count) in codes.sets().iter().zip(counts) {
        for value in set.iter().filter(|_| *count > 0) {
            *by_value.entry(value).or_default() += count;
        }
    }
    let mut found: Vec<FacetCount> = by_value
        .into_iter()
        .map(|(value, count)| FacetCount {
            value: value.clone(),
            count,
        })
        .collect();
    found.sort_by_key(|facet| Reverse(facet.count));
    found
}

/// A product among the best so far; the greater comes first.
#[derive(PartialEq, Eq)]
struct Candidate<'a> {
    rank: [i64; 3],
    product_id: &'a str,
}

impl Ord for Candidate<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank
            .cmp(&other.rank)
            .then_with(|| other.product_id.cmp(self.product_id))
    }
}

impl PartialOrd for Candidate<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

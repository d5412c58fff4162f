//! How the seller behaves, call by call.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use seller_wire::request::Activity;

/// What the seller does with one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Does and answers what is right.
    Ok,
    /// `newInstance`: answers 000004; the instance is ready after this many queries. Every other
    /// activity: answers 000004 and does nothing.
    Pending(u32),
    /// Answers this result code and does nothing.
    Refuse(String),
    /// Answers this HTTP status and does nothing.
    Http(u16),
    /// Answers 200 with a text that is no JSON, and does nothing.
    Garbage,
    /// Answers 200 with right JSON under the media type `text/html`, having done nothing.
    WrongContentType,
    /// Holds the connection without a word, see [`Config::hang`](crate::Config::hang).
    Hang,
    /// Does what is right, then cuts the connection instead of answering.
    CutAfterReceive,
    /// Answers right JSON of about 2 MB, having done nothing.
    Huge,
    /// Answers a redirect to this address and does nothing.
    Redirect(String),
    /// Does and answers what is right, but signed with another key.
    WrongBodySign,
    /// Does what is right, but answers another, new instance id, under which there is an instance too.
    OtherInstanceId,
    /// Does what is right, but answers this instance id.
    InstanceId(String),
}

/// Steps per activity and call number.
#[derive(Default)]
pub(crate) struct Script(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    calls: HashMap<Activity, u32>,
    numbered: HashMap<(Activity, u32), Step>,
    always: HashMap<Activity, Step>,
}

impl Script {
    pub(crate) fn set(&self, activity: Activity, call: u32, step: Step) {
        self.inner(|inner| inner.numbered.insert((activity, call), step));
    }

    pub(crate) fn set_always(&self, activity: Activity, step: Step) {
        self.inner(|inner| inner.always.insert(activity, step));
    }

    pub(crate) fn clear(&self) {
        self.inner(|inner| {
            inner.numbered.clear();
            inner.always.clear();
        });
    }

    pub(crate) fn calls(&self, activity: Activity) -> u32 {
        self.inner(|inner| inner.calls.get(&activity).copied().unwrap_or_default())
    }

    /// Counts the call and gives its step, if it has one.
    pub(crate) fn next(&self, activity: Activity) -> Option<Step> {
        self.inner(|inner| {
            let calls = inner.calls.entry(activity).or_default();
            *calls += 1;
            let number = *calls;
            inner
                .numbered
                .get(&(activity, number))
                .or_else(|| inner.always.get(&activity))
                .cloned()
        })
    }

    fn inner<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

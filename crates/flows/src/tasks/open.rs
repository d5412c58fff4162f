//! Opens an instance at its seller; see `open_instance`.

use kernel::id::InstanceId;

/// Kind of the task; its payload is the instance.
pub(crate) const KIND: &str = "open";

/// Unique key of the task: the effect key of its message, so that a restart of
/// the message finds it.
pub(crate) fn key(instance: InstanceId) -> String {
    crate::open_instance::effect_key(instance)
}

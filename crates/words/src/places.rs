//! The place of each text in the packed form of a language. The build generates it from the keys of the
//! languages; for a code without a text it does not compile.

use crate::channel::Channel;
use bezorgd_model::{
    Action, Cause, Change, DateOrder, DetailCode, Kind, NextStep, Permanence, ProblemCode,
    ReadyText, Role, Sender, State,
};
use bezorgd_senders::message_types::Letter;

include!(concat!(env!("OUT_DIR"), "/places.rs"));

//! Where a request is done: in a step of its own, or inside the step of several. Knows no message.

use crate::cli::open::Desk;
use crate::error::Result;
use crate::service::{Act, Context, LeadService, Query, Tx};

/// The way to the service.
pub(super) enum Door<'a, 't> {
    /// Each act is a step.
    Service(&'a mut Desk<LeadService>),
    /// All acts are one.
    Tx(&'a mut Tx<'t>),
}

impl Door<'_, '_> {
    pub(super) fn ctx(&self) -> &Context {
        match self {
            Self::Service(desk) => &desk.ctx,
            Self::Tx(tx) => tx.ctx,
        }
    }

    /// Does an act.
    pub(super) fn act<A: Act>(&mut self, act: A) -> Result<A::Reply> {
        match self {
            Self::Service(desk) => desk.act(act).map(|done| done.reply),
            Self::Tx(tx) => act.run(tx),
        }
    }

    /// Answers a question.
    pub(super) fn ask<Q: Query>(&self, query: &Q) -> Result<Q::Reply> {
        match self {
            Self::Service(desk) => desk.ask(query),
            Self::Tx(tx) => query.run(tx.db, tx.ctx),
        }
    }

    /// Does several acts as one.
    pub(super) fn whole<R>(&mut self, name: &'static str, work: impl FnOnce(&mut Door<'_, '_>) -> Result<R>) -> Result<R> {
        match self {
            Self::Service(desk) => desk.act(Batch(name, work)).map(|done| done.reply),
            Self::Tx(tx) => work(&mut Door::Tx(tx)),
        }
    }
}

/// Several acts in one transaction and one step.
pub(super) struct Batch<F>(pub(super) &'static str, pub(super) F);

impl<R, F: FnOnce(&mut Door<'_, '_>) -> Result<R>> Act for Batch<F> {
    type Reply = R;

    fn name(&self) -> &'static str {
        self.0
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<R> {
        let reply = (self.1)(&mut Door::Tx(tx))?;
        tx.say(format!("{} from a script", self.0));
        Ok(reply)
    }
}

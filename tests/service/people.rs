//! What holds of users, teams and units through every change, also one that is taken back.

use leadbook::model::people::{Role, User};
use leadbook::service::people::{AddUser, PutUser};
use leadbook::service::undo::{Redo, Undo};

use crate::common::Desk;

/// Makes a user somebody of another role; the step comes back.
fn becomes(desk: &mut Desk, number: i64, role: Role) -> i64 {
    let user = desk.ctx.catalog.people.user(number).cloned().expect("a user");
    desk.act(PutUser { user: User { role, ..user } }).step.expect("a step")
}

#[test]
fn no_step_that_is_taken_back_leaves_nobody_who_may_change_users() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: String::new(), role: Role::Seller }).reply;
    let step = becomes(&mut desk, bo, Role::Admin);
    becomes(&mut desk, 1, Role::Seller);
    (desk.ctx.user, desk.ctx.role) = (bo, Role::Admin);
    let error = desk.try_act(Undo { step: Some(step), origins: Vec::new() }).expect_err("the only admin");
    assert_eq!(error.headline(), "bo is the only admin");
    assert!(error.hint().contains("role=admin"), "{error:?}");
    becomes(&mut desk, 1, Role::Admin);
    desk.act(Undo { step: Some(step), origins: Vec::new() });
    assert_eq!(desk.ctx.catalog.people.user(bo).map(|bo| bo.role), Some(Role::Seller));
    // nor one that is brought again
    (desk.ctx.user, desk.ctx.role) = (1, Role::Admin);
    becomes(&mut desk, bo, Role::Admin);
    becomes(&mut desk, 1, Role::Seller);
    desk.act(Undo { step: None, origins: Vec::new() });
    becomes(&mut desk, bo, Role::Seller);
    assert_eq!(desk.try_act(Redo).expect_err("the only admin").headline(), "ana is the only admin");
}

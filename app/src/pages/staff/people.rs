//! Who may write: people and tokens.

use leptos::prelude::*;

use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::staff::{Frame, Wrong, document};
use crate::words::{ApiToken, Id, Role, StaffMember, TokenRole};

/// A member, as the list shows them.
#[derive(Clone, Debug)]
pub struct Person {
    /// The member.
    pub member: StaffMember,
    /// Whether they chose a password yet.
    pub chosen: bool,
}

/// Something shown once, right after it was made.
#[derive(Clone, Debug)]
pub struct Once {
    /// What it is and what to do with it.
    pub sentence: String,
    /// The link or the token.
    pub secret: String,
}

/// All that the page shows.
#[derive(Clone, Debug, Default)]
pub struct People<'a> {
    /// Everybody.
    pub people: &'a [Person],
    /// All tokens.
    pub tokens: &'a [ApiToken],
    /// What was just made.
    pub once: Option<Once>,
    /// What the form for a person held, where it was wrong.
    pub invited: Invited<'a>,
    /// What the form for a token held, where it was wrong.
    pub token: NewToken<'a>,
}

/// The form that adds a person.
#[derive(Clone, Debug, Default)]
pub struct Invited<'a> {
    /// Their address.
    pub email: &'a str,
    /// Their name.
    pub name: &'a str,
    /// Their role.
    pub role: &'a str,
    /// What is wrong.
    pub wrong: &'a [Wrong],
}

/// The form that makes a token.
#[derive(Clone, Debug, Default)]
pub struct NewToken<'a> {
    /// What it is for.
    pub name: &'a str,
    /// Its role.
    pub role: &'a str,
    /// Its life in days; empty for ever.
    pub days: &'a str,
    /// What is wrong.
    pub wrong: &'a [Wrong],
}

/// The lists, and for owners the forms.
#[must_use]
pub fn page(frame: &Frame, all: &People) -> String {
    document(frame, "People", || {
        let owner = frame.may(Role::Owner);
        let locale = frame.locale();
        let people = all.people.iter().map(|person| person_row(person, locale, owner)).collect();
        let columns: &[&'static str] =
            if owner { &["Person", "Role", "State", "Last sign-in", "Change"] } else { &["Person", "Role", "State", "Last sign-in"] };
        view! {
            <div class="bar"><h1>"People"</h1>{form::way(Weight::Quiet, "/staff/people/me", "Your account")}</div>
            {all.once.as_ref().map(once)}
            {form::table("Everybody who may sign in", columns, people)}
            {owner.then(|| invite(&all.invited))}
            {tokens(all, locale, owner)}
        }
        .into_any()
    })
}

fn once(once: &Once) -> AnyView {
    view! {
        <div class="flash" role="status">
            <p>{once.sentence.clone()}</p>
            <p><code class="once">{once.secret.clone()}</code></p>
            <p class="hint">"It is shown only now. Keep it like a password."</p>
        </div>
    }
    .into_any()
}

fn person_row(person: &Person, locale: Locale, owner: bool) -> Vec<AnyView> {
    let member = &person.member;
    let name = member.name.as_deref().map(|name| view! { <br/><span class="soft">{plain_or(name, "")}</span> });
    let state = match (member.disabled_at, person.chosen) {
        (Some(_), _) => "Shut out",
        (None, false) => "Has not chosen a password yet",
        (None, true) => "May sign in",
    };
    let seen = member.last_sign_in_at.map_or_else(|| "Never".into_any(), |at| locale.moment(at));
    let mut row = vec![view! { {member.email.clone()}{name} }.into_any(), member.role.label().into_any(), state.into_any(), seen];
    if owner {
        row.push(change(person));
    }
    row
}

/// What an owner may do to somebody, in a fold.
fn change(person: &Person) -> AnyView {
    let member = &person.member;
    let to = |what: &str| format!("/staff/people/{}/{what}", member.id);
    let role = Input { name: "role", label: "Role", value: member.role.as_str(), scope: member.id.as_str(), ..Input::default() };
    let link = if person.chosen { "Make a link for a new password" } else { "Make a new invitation link" };
    let access = if member.disabled_at.is_some() {
        ask(&to("enable"), "They can sign in again with the password they had.", Weight::Quiet, "Let them in again")
    } else {
        ask(&to("disable"), "They are signed out at once and cannot sign in again.", Weight::Danger, "Shut them out")
    };
    view! {
        <details class="ask">
            <summary>"Change"<span class="vh">{format!(" {}", member.email)}</span></summary>
            <form method="post" action=to("role")>
                {form::select(&role, &roles())}
                <p class="hint">"They are signed out and go on with the new role."</p>
                {form::button(Weight::Quiet, "Change the role")}
            </form>
            {member.disabled_at.is_none().then(|| ask(&to("link"), "It can be used once, within 72 hours. Links made before stop to work.", Weight::Quiet, link))}
            {ask(&to("sign-out"), "All their sessions and links end. They can sign in again.", Weight::Quiet, "Sign them out everywhere")}
            {access}
        </details>
    }
    .into_any()
}

fn ask(action: &str, sentence: &str, weight: Weight, label: &str) -> AnyView {
    view! { <form method="post" action=action.to_owned()><p>{sentence.to_owned()}</p>{form::button(weight, label)}</form> }.into_any()
}

fn roles() -> Vec<Choice> {
    Role::ALL.iter().map(|role| Choice::new(role.as_str(), format!("{}: {}", role.label(), may(*role)))).collect()
}

const fn may(role: Role) -> &'static str {
    match role {
        Role::Owner => "everything, people included",
        Role::Admin => "everything but people and tokens",
        Role::Responder => "incidents and the status of components",
        Role::Viewer => "read only",
    }
}

fn invite(invited: &Invited) -> AnyView {
    let wrong = invited.wrong;
    let base = Input { wrong, scope: "person", ..Input::default() };
    let email = Input { name: "email", label: "E-mail address", value: invited.email, kind: "email", required: true, ..base };
    let name = Input { name: "name", label: "Name", value: invited.name, hint: "What the audit calls them. May be empty.", ..base };
    let role = if invited.role.is_empty() { Role::Responder.as_str() } else { invited.role };
    let role = Input { name: "role", label: "Role", value: role, ..base };
    view! {
        <section>
            <h2>"Add a person"</h2>
            <p>"You get a link to hand over. With it they choose their password, once, within 72 hours."</p>
            {form::problems(wrong)}
            <form method="post" action="/staff/people">
                {form::text(&email)}
                {form::text(&name)}
                {form::select(&role, &roles())}
                <div class="acts">{form::button(Weight::Primary, "Add and make the link")}</div>
            </form>
        </section>
    }
    .into_any()
}

fn tokens(all: &People, locale: Locale, owner: bool) -> AnyView {
    let rows: Vec<_> = all.tokens.iter().map(|token| token_row(token, locale, owner)).collect();
    let columns: &[&'static str] = if owner {
        &["Token", "Role", "Begins with", "Last used", "State", "Change"]
    } else {
        &["Token", "Role", "Begins with", "Last used", "State"]
    };
    let list = if rows.is_empty() { form::empty("There are no tokens yet.") } else { form::table("Tokens of programs", columns, rows) };
    view! {
        <section id="tokens">
            <h2>"Tokens"</h2>
            <p>"With a token a program may use the write API in this page's name, or hand in mails that came back."</p>
            {list}
            {owner.then(|| new_token(&all.token))}
        </section>
    }
    .into_any()
}

fn token_row(token: &ApiToken, locale: Locale, owner: bool) -> Vec<AnyView> {
    let used = token.used_at.map_or_else(|| "Never".into_any(), |at| locale.moment(at));
    let state = match (token.revoked_at, token.expires_at) {
        (Some(at), _) => view! { "Taken back "{locale.moment(at)} }.into_any(),
        (None, Some(at)) => view! { "Good until "{locale.moment(at)} }.into_any(),
        (None, None) => "Good".into_any(),
    };
    let mut row = vec![
        plain_or(&token.name, "Token").into_any(),
        token.role.label().into_any(),
        view! { <code>{format!("allclear_{}", token.prefix)}</code> }.into_any(),
        used,
        state,
    ];
    if owner {
        row.push(if token.revoked_at.is_none() { revoke(&token.id) } else { ().into_any() });
    }
    row
}

fn revoke(id: &Id) -> AnyView {
    form::confirm(
        "Take back",
        "Programs that use it are refused at once.",
        &format!("/staff/tokens/{id}/revoke"),
        &[],
        "Take the token back",
    )
}

fn token_roles() -> Vec<Choice> {
    let bounces = TokenRole::Bounces;
    let alone = Choice::new(bounces.as_str(), format!("{}: a mail server hands in what came back, nothing else", bounces.label()));
    roles().into_iter().chain([alone]).collect()
}

fn new_token(token: &NewToken) -> AnyView {
    let wrong = token.wrong;
    let base = Input { wrong, scope: "token", ..Input::default() };
    let name = Input { name: "name", label: "What it is for", value: token.name, required: true, ..base };
    let role = if token.role.is_empty() { Role::Responder.as_str() } else { token.role };
    let role = Input { name: "role", label: "Role", value: role, ..base };
    let days = Input { name: "days", label: "Days it is good for", value: token.days, hint: "Empty: until it is taken back.", ..base };
    view! {
        <h3>"Make a token"</h3>
        {form::problems(wrong)}
        <form method="post" action="/staff/tokens">
            {form::text(&name)}
            {form::select(&role, &token_roles())}
            {form::text(&days)}
            <div class="acts">{form::button(Weight::Quiet, "Make a token")}</div>
        </form>
    }
    .into_any()
}

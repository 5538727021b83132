//! What an administrator gives an account to do for the body, on its page.

use anyhow::{Context, Result, ensure};

use crate::hub::{ADMIN, ADMIN_PASSWORD, Hub};

/// Gives an account these grants, by the names that its page has for them, in the place of those that it had.
///
/// # Errors
/// When there is no such account, or the hub refuses.
pub fn give(hub: &Hub, name: &str, grants: &[&str]) -> Result<()> {
    let admin = hub.client();
    let signed = admin.post_form("/login", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?;
    ensure!(signed.status == 303, "{}: {}", signed.status, signed.body);
    let list = admin.get("/admin/clerks")?.body;
    let page = list
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with("/admin/clerks/"))
        .find(|href| admin.get(href).is_ok_and(|page| page.body.contains(&format!("<h2>{name} "))));
    let page = page.with_context(|| format!("nobody is called {name}"))?.to_owned();
    let fields: Vec<(&str, &str)> = grants.iter().map(|grant| (*grant, "yes")).collect();
    let given = admin.post_form(&page, &format!("{page}/grants"), &fields)?;
    ensure!(given.location.as_deref() == Some(page.as_str()), "{}: {}", given.status, given.body);
    Ok(())
}

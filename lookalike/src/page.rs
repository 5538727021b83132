//! The look-alike's pages for people, in Greek as the true ones are. They say on top that they are not those.

use axum::response::Html;

use crate::people::{PASSWORD, SAMPLES, SamplePerson};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn page(title: &str, body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"el\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}</title><style>body{{font:1.1rem/1.6 \
         sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}}.warning{{background:#7a2e00;color:#fff;padding:.5rem \
         1rem}}label{{display:block;margin-top:1rem}}input{{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}}\
         button{{font:inherit;margin-top:1.5rem;padding:.6rem 1.2rem;background:#003375;color:#fff;border:0}}</style></head>\
         <body><p class=\"warning\">Ομοίωμα για δοκιμές: δεν είναι το TAXISnet. Μην γράψετε εδώ πραγματικούς \
         κωδικούς.</p><main><h1>{title}</h1>{body}</main></body></html>"
    ))
}

/// Where somebody signs in; `asked` is what the hub asked with.
pub fn sign_in(asked: &str, said: Option<&str>) -> Html<String> {
    let said = said.map(|said| format!("<p role=\"alert\"><strong>{said}</strong></p>")).unwrap_or_default();
    let samples: String = SAMPLES
        .iter()
        .map(|person| {
            format!(
                "<li><code>{}</code>: {} {} ({})</li>",
                person.user, person.first_name, person.last_name, person.note
            )
        })
        .collect();
    page(
        "Σύνδεση με κωδικούς TAXISnet",
        &format!(
            "{said}<form method=\"post\" action=\"/oauth2server/login\"><input type=\"hidden\" name=\"asked\" \
             value=\"{}\"><label>Όνομα χρήστη<input name=\"username\" autocomplete=\"username\" \
             required></label><label>Κωδικός<input name=\"password\" type=\"password\" autocomplete=\"current-password\" \
             required></label><button>Σύνδεση</button></form><h2>Δοκιμαστικοί χρήστες</h2><ul>{samples}</ul><p>Κωδικός όλων: \
             <code>{PASSWORD}</code></p>",
            escaped(asked)
        ),
    )
}

/// Where somebody lets the hub know who they are.
pub fn consent(asked: &str, person: &SamplePerson) -> Html<String> {
    page(
        "Εξουσιοδότηση",
        &format!(
            "<p>Είστε συνδεδεμένοι ως <strong>{} {}</strong>.</p><p>Η εφαρμογή ζητά το ονοματεπώνυμο και τον ΑΦΜ \
             σας.</p><form method=\"post\" action=\"/oauth2server/oauth/authorize\"><input type=\"hidden\" name=\"asked\" \
             value=\"{}\"><button name=\"user_oauth_approval\" value=\"true\">Έγκριση</button> <button \
             name=\"user_oauth_approval\" value=\"false\">Απόρριψη</button></form>",
            person.first_name,
            person.last_name,
            escaped(asked)
        ),
    )
}

/// Something that people read where a program asked.
pub fn for_people() -> Html<String> {
    page("Ανακοίνωση", "<p>Οι υπηρεσίες αναβαθμίζονται.</p>")
}

/// What was asked makes no sense.
pub fn wrong(said: &str) -> Html<String> {
    page("Σφάλμα", &format!("<p>{said}</p>"))
}

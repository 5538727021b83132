//! What a sentence names in its braces, read as Fluent reads it.

use std::collections::BTreeSet;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_templates::fluent_bundle::FluentResource;

/// Why a sentence is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextFault {
    /// There is nothing in it.
    Empty,
    /// It is too long.
    Long,
    /// It cannot be read: a brace too many or too few, or a plural without its parts.
    Broken,
    /// It names a placeholder that this sentence does not have.
    Unknown(String),
    /// It leaves out one that it must have.
    Missing(String),
    /// It leaves out what the law wants said.
    Unsaid(&'static str),
}

/// One message in Fluent's own writing. Every line is set in, so that none of them begins a message of its own.
pub fn source(id: &str, body: &str) -> String {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    format!("{id} =\n    {}\n", lines.join("\n    "))
}

/// The placeholders that a sentence names.
pub fn names_in(id: &str, body: &str) -> Result<BTreeSet<String>, TextFault> {
    let resource = FluentResource::try_new(source(id, body)).map_err(|_| TextFault::Broken)?;
    let mut entries = resource.entries();
    let (Some(Entry::Message(message)), None) = (entries.next(), entries.next()) else { return Err(TextFault::Broken) };
    let pattern = message.value.as_ref().filter(|_| message.attributes.is_empty()).ok_or(TextFault::Broken)?;
    let mut named = BTreeSet::new();
    in_pattern(pattern, &mut named)?;
    Ok(named)
}

fn in_pattern(pattern: &Pattern<&str>, named: &mut BTreeSet<String>) -> Result<(), TextFault> {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, named)?;
        }
    }
    Ok(())
}

fn in_expression(expression: &Expression<&str>, named: &mut BTreeSet<String>) -> Result<(), TextFault> {
    match expression {
        Expression::Inline(inline) => in_inline(inline, named),
        Expression::Select { selector, variants } => {
            in_inline(selector, named)?;
            variants.iter().try_for_each(|variant| in_pattern(&variant.value, named))
        }
    }
}

/// A sentence holds placeholders and plain text; it calls no other sentence.
fn in_inline(inline: &InlineExpression<&str>, named: &mut BTreeSet<String>) -> Result<(), TextFault> {
    match inline {
        InlineExpression::VariableReference { id } => {
            named.insert(id.name.to_owned());
            Ok(())
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => Ok(()),
        InlineExpression::Placeable { expression } => in_expression(expression, named),
        InlineExpression::MessageReference { id, .. }
        | InlineExpression::TermReference { id, .. }
        | InlineExpression::FunctionReference { id, .. } => Err(TextFault::Unknown(id.name.to_owned())),
    }
}

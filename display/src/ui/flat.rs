//! Large plain grounds, painted by a shader of one line.
//!
//! The engine works out border, round corners and a texture for every point of every ground. A machine without a graphics
//! card does that on its processor, where it is most of what a frame of a board costs.

use bevy::{
    asset::uuid_handle,
    prelude::*,
    render::render_resource::{AsBindGroup, RenderPipelineDescriptor},
    shader::ShaderRef,
    ui_render::prelude::{MaterialNode, UiMaterial, UiMaterialKey, UiMaterialPlugin},
};

use panel::theme::{ScreenPalette, Token};

const SHADER: Handle<Shader> = uuid_handle!("7c3c1c5e-2f0b-4f5e-9a1d-5a8a0d3e6b41");

/// One colour, opaque, with square corners and no border.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone, PartialEq)]
pub struct Flat {
    #[uniform(0)]
    colour: LinearRgba,
}

impl UiMaterial for Flat {
    fn fragment_shader() -> ShaderRef {
        ShaderRef::Handle(SHADER)
    }

    fn specialize(descriptor: &mut RenderPipelineDescriptor, _: UiMaterialKey<Self>) {
        let fragment = descriptor.fragment.iter_mut();
        for target in fragment.flat_map(|fragment| &mut fragment.targets).flatten() {
            target.blend = None;
        }
    }
}

/// A ground for each colour, made once.
#[derive(Resource, Debug, Clone)]
pub struct Grounds(Vec<(Token, Handle<Flat>)>);

impl Grounds {
    /// The ground of this colour, for a node with square corners and no border.
    #[must_use]
    pub fn of(&self, token: Token) -> MaterialNode<Flat> {
        let found = self.0.iter().find(|(known, _)| *known == token);
        MaterialNode(found.map(|(_, ground)| ground.clone()).unwrap_or_default())
    }
}

impl Grounds {
    /// Gives every ground the colour that it has in a palette.
    pub fn dress(&self, palette: ScreenPalette, flats: &mut Assets<Flat>) {
        for (token, ground) in &self.0 {
            // Each has its place since it was made.
            drop(flats.insert(ground.id(), Flat { colour: token.colour_in(palette).into() }));
        }
    }
}

/// Makes [`Grounds`] of these colours, and paints them.
pub struct GroundsPlugin(pub &'static [Token]);

impl Plugin for GroundsPlugin {
    fn build(&self, app: &mut App) {
        let mut shaders = app.world_mut().resource_mut::<Assets<Shader>>();
        // A handle that is made of a number, and so always has its place.
        drop(shaders.insert(SHADER.id(), Shader::from_wgsl(include_str!("flat.wgsl"), "display/flat.wgsl")));
        app.add_plugins(UiMaterialPlugin::<Flat>::default());
        let mut flats = app.world_mut().resource_mut::<Assets<Flat>>();
        let made = self.0.iter().map(|token| (*token, flats.add(Flat { colour: token.colour().into() })));
        let grounds = Grounds(made.collect());
        app.insert_resource(grounds);
    }
}

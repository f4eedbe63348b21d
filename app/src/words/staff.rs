//! Staff: who may write.

wire_enum! {
    /// What a member of staff or a token may do, declared from most to least.
    Role {
        /// Everything, people included.
        Owner = "owner",
        /// Everything but owners.
        Admin = "admin",
        /// Incidents, maintenance, post-mortems.
        Responder = "responder",
        /// Read only.
        Viewer = "viewer",
    }
}

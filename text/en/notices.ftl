# What people in the house are told, by the board and the kiosk.

notice-suspended = { $kind ->
    [until] { $what }: stopped until { $until }.
   *[open] { $what }: stopped for now.
}

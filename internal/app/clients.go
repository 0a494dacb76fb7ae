package app

import (
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// The command line speaks of the API's clients through these: it uses no register itself.
type (
	Client  = account.Client  // a program of another department
	Clients = account.Clients // their register
)

// PurposeName is a purpose of the API as people read it; "" when there is none of that code.
func PurposeName(code string) string { return account.PurposeName(code) }

// AreaName is an area as people read it.
func AreaName(code string) string { return area.Name(code) }

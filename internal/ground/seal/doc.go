// Package seal keeps ID numbers and phone numbers unreadable in the database and still findable:
// sealed with SM4-GCM (GB/T 32907) and searched by keyed HMAC-SM3 (GB/T 32905).
//
// A plain hash of an ID number can be enumerated in minutes, so there is none here: without the key file neither the
// sealed value nor the search value says anything. The search key never changes; the sealing key can be rotated,
// because every sealed value begins with the number of its key.
package seal

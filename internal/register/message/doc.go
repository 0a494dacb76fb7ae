// Package message is the message centre (消息), once for the whole house: what the program has to tell a person, an employer, an
// account or the officers of an area goes through it, into their box of messages always, and by SMS or WeChat where asked for.
//
// A room names its kinds once, when the house is built, and sends inside its own transaction:
//
//	err := m.Handle(message.Kind{Code: "policy.found", Zh: "政策推送", En: "Support that fits", Consent: true, Every: 30, Words: words, Key: "policy.told"})
//	sent, err := m.Send(ctx, tx, message.Message{Kind: "policy.found", To: message.To{PersonID: 7}, About: "R54", Href: "/policy/mine",
//		Args: []any{name}, Channels: []string{message.SMS}})
//
// What is sent is decided in one place: consent (个人信息保护法第十四条) for kinds that need it, once for each key, not the same about
// the same thing again within Kind.Every days, not what the reader has unsubscribed from. Legal notices cannot be
// unsubscribed from and need no consent. SMS and WeChat wait from 22:00 to 8:00, SMS on days off as well (engine/workday), go out through a
// Sink in batches, and are tried again when the sink fails; consent is asked once more before. A message read meanwhile
// needs no SMS.
//
// Followed up: opened, answered, acted (the reader went on to what the message is about, or did it). Titles and texts are
// stored sealed. It does not decide whom to tell: rooms do.
//
// Pages: /message, /message/{id}, /message/settings.
package message

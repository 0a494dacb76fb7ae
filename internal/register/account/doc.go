// Package account is who may sign in and what each may see: accounts (账号), sessions, passwords, and the one function per
// question of permission that every room asks (scope.go). It serves 实名制就业服务、分级分权限管理 of the planning documents and
// brings its own pages: /signin, /signout and /account.
//
// Passwords are hashed by argon2id (RFC 9106); at most a few hashes are computed at the same time, so that a crowd that
// signs in cannot exhaust the memory. An unknown login costs the same work and gets the same answers as a known one.
// Wrong passwords are counted in the database, before they are checked, so that neither a restart nor many requests at
// once get around the waiting time.
//
// A session lives in the database under a hash of its token, is renewed at sign-in, and ends at sign-out, after the
// role's idle time, and for all other browsers when the password is changed or the account disabled.
//
// It is not for real-name verification of citizens by the national platform; that comes with its own issue.
package account

// Package employer is the register of employing units (用人单位): enterprises, individual businesses, institutions and
// social organisations, each under its credit code (统一社会信用代码, GB 32100). Every room may read it.
package employer

// The checks of numbers that a phone can make without a network. The server makes them again.
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

// idNumber checks an ID number (GB 11643, ISO 7064 MOD 11-2): null when it is right, else what is wrong and the value to tell.
export function idNumber(typed) {
  const s = typed.normalize("NFKC").replace(/\s/g, "").toUpperCase();
  if (s.length === 15 && /^\d+$/.test(s)) return null; // the server extends it
  if (!/^\d{17}[\dX]$/.test(s)) return ["length", s.length];
  const [y, m, d] = [s.slice(6, 10), s.slice(10, 12), s.slice(12, 14)].map(Number), day = new Date(Date.UTC(y, m - 1, d));
  if (y < 1900 || day.getUTCMonth() !== m - 1 || day.getUTCDate() !== d) return ["birth", ""];
  const check = "10X98765432"[weights.reduce((sum, w, i) => sum + w * s[i], 0) % 11];
  return check === s[17] ? null : ["check", check];
}

// phone reports whether a number is empty or that of a mobile telephone.
export const phone = (typed) => { const s = typed.normalize("NFKC").replace(/[\s-]/g, "").replace(/^\+?86(?=1\d{10}$)/, ""); return !s || /^1[3-9]\d{9}$/.test(s); };

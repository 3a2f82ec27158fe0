/** Zones by the letters people write behind a time, where those mean one offset. */
const OFFSETS: Readonly<Record<string, string>> = {
  utc: "Z",
  gmt: "Z",
  z: "Z",
  wet: "+00:00",
  cet: "+01:00",
  cest: "+02:00",
  eet: "+02:00",
  eest: "+03:00",
  est: "-05:00",
  edt: "-04:00",
  cdt: "-05:00",
  mst: "-07:00",
  mdt: "-06:00",
  pst: "-08:00",
  pdt: "-07:00",
  jst: "+09:00",
  aest: "+10:00",
  aedt: "+11:00",
  nzst: "+12:00",
  nzdt: "+13:00",
};

/** The offset that a zone's letters stand for, as Candor writes it; undefined for letters that mean several zones. */
export function offsetOf(letters: string): string | undefined {
  return OFFSETS[letters.toLowerCase()];
}

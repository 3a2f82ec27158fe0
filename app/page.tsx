import { reader } from "#lib/wire/reader.ts";

export default function Home() {
  return <h1>{reader().site().state}</h1>;
}

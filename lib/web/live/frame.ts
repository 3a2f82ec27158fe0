/**
 * One server-sent event (WHATWG HTML, section 9.2.6). `data` is JSON, which has no line ends of its own.
 * @param id what a browser that was cut off says it had last; absent for what is told again anyway
 */
export function frame(event: string, data: string, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
}

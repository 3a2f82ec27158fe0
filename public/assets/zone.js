"use strict";
/** Chooses the browser's own time zone in a form that is filled in for the first time. */
{
  const select = document.querySelector("form select[name=zone]");
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (select && select.value === "" && timeZone && timeZone !== "UTC") {
    if (![...select.options].some(({ value }) => value === timeZone)) select.add(new Option(timeZone, timeZone));
    select.value = timeZone;
  }
}

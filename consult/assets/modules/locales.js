const { lang } = document.documentElement;

/** For Intl: dates, times and numbers as the server writes them. Not every browser knows nynorsk. */
export const locales = lang === "en" ? ["en-GB"] : [lang, "nb"];

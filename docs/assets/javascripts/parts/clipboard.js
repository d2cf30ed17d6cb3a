/**
 * Copy a text. A browser lends the clipboard only to pages that came over a safe connection, and only
 * if its user does not forbid it.
 * @param {string} text
 * @returns {Promise<boolean>} whether it has been copied
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// The rules that the built pages are held to, with each exception and its reason.
export default {
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // Material's two hidden switches (navigation, search) are checkboxes with
    // autocomplete="off", which keeps Firefox from restoring them. They stand
    // in its base template, outside every block that could be overridden.
    "valid-autocomplete": "off",
  },
};

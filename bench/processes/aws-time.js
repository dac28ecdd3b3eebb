// How long this process has had at least one HTTP request under way: that time is AWS's, not the handler's.
const { channel } = require('node:diagnostics_channel');

let underWay = 0;
let since = 0;
let total = 0;

channel('http.client.request.start').subscribe(() => {
  if (underWay === 0) since = performance.now();
  underWay += 1;
});
channel('http.client.response.finish').subscribe(() => {
  underWay -= 1;
  if (underWay === 0) total += performance.now() - since;
});

exports.waited = () => total;

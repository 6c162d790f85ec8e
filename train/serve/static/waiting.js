// A page that came before what it shows was ready asks again after a moment.

const AFTER = 800;

setTimeout(() => location.reload(), AFTER);

(function () {
"use strict";
// The page's words stand in it already, written by portdrought. What follows draws the charts from the numbers in
// #data, and switches what is shown. It sends and fetches nothing, and keeps its state in the address alone.
document.documentElement.classList.add("js");

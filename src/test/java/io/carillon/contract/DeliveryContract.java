package io.carillon.contract;

/** All that holds on each transport alike. */
interface DeliveryContract extends FanOutContract, ResumeContract {}

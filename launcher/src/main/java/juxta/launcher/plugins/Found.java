package juxta.launcher.plugins;

import juxta.api.Component;
import juxta.engine.catalogue.Service;

/** A component that works, before it is known whether its id is free. */
record Found<C extends Component>(Service<C> service, String id, C component, String jar) {}

package juxta.launcher.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import juxta.launcher.plugins.PluginRegistry;

/** Wires the commands. */
public final class CommandModule extends AbstractModule {
  private final Terminal terminal;
  private final Home home;

  /**
   * The wiring of a process.
   *
   * @param terminal where it prints
   * @param home where things lie
   */
  public CommandModule(Terminal terminal, Home home) {
    this.terminal = terminal;
    this.home = home;
  }

  @Override
  protected void configure() {
    bind(Terminal.class).toInstance(terminal);
    bind(Home.class).toInstance(home);
    Multibinder<Command> commands = Multibinder.newSetBinder(binder(), Command.class);
    commands.addBinding().to(ListCommand.class);
    commands.addBinding().to(DescribeCommand.class);
    commands.addBinding().to(TrainCommand.class);
    commands.addBinding().to(EvaluateCommand.class);
    commands.addBinding().to(CompareCommand.class);
    commands.addBinding().to(PluginsCommand.class);
  }

  @Provides
  @Singleton
  PluginRegistry registry(Home places) {
    return PluginRegistry.load(places.plugins(), places.lock());
  }
}

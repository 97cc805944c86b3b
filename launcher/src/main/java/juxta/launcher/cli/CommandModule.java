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
  private final Stop stop;

  /**
   * The wiring of a process.
   *
   * @param terminal where it prints
   * @param home where things lie
   * @param stop becomes true when the user wants to stop
   */
  CommandModule(Terminal terminal, Home home, Stop stop) {
    this.terminal = terminal;
    this.home = home;
    this.stop = stop;
  }

  @Override
  protected void configure() {
    bind(Terminal.class).toInstance(terminal);
    bind(Home.class).toInstance(home);
    bind(Stop.class).toInstance(stop);
    Multibinder<Command> commands = Multibinder.newSetBinder(binder(), Command.class);
    commands.addBinding().to(ListCommand.class);
    commands.addBinding().to(DescribeCommand.class);
    commands.addBinding().to(PreviewCommand.class);
    commands.addBinding().to(TrainCommand.class);
    commands.addBinding().to(WorkerCommand.class);
    commands.addBinding().to(EvaluateCommand.class);
    commands.addBinding().to(EmbedCommand.class);
    commands.addBinding().to(CompareCommand.class);
    commands.addBinding().to(ExportCommand.class);
    commands.addBinding().to(ReportCommand.class);
    commands.addBinding().to(TourCommand.class);
    commands.addBinding().to(SearchCommand.class);
    commands.addBinding().to(ServeCommand.class);
    commands.addBinding().to(PluginsCommand.class);
    commands.addBinding().to(NewPluginCommand.class);
    commands.addBinding().to(DoctorCommand.class);
  }

  @Provides
  @Singleton
  PluginRegistry registry(Home places) {
    boolean developing = "1".equals(System.getenv("JUXTA_DEV"));
    return PluginRegistry.load(places.plugins(), places.lock(), developing);
  }
}

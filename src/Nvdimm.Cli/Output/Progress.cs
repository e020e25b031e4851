using Spectre.Console;

namespace Nvdimm.Cli.Output;

/// <summary>Shows a person that something long still goes on.</summary>
internal static class Progress
{
    /// <summary>From when on it is shown.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Waits; on a terminal with a bar on standard error from the third second on.</summary>
    public static async Task<T> WaitAsync<T>(ToolEnvironment environment, string what, Task<T> work, CancellationToken cancellationToken)
    {
        var stoppable = work.WaitAsync(cancellationToken);
        if (environment.IsErrorTerminal && await Task.WhenAny(stoppable, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false) != stoppable)
        {
            var console = ToolConsole.Over(environment.Error, isTerminal: true);
            await console.Progress()
                .AutoClear(enabled: true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
                .StartAsync(async bar =>
                {
                    bar.AddTask(Markup.Escape(Printable.Text(what))).IsIndeterminate();
                    await ((Task)stoppable).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }).ConfigureAwait(false);
        }

        return await stoppable.ConfigureAwait(false);
    }
}

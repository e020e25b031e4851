using Spectre.Console;

namespace Nvdimm.Cli.Terminal;

/// <summary>Shows on a terminal that a long operation still runs.</summary>
internal static class Progress
{
    /// <summary>The time after which progress is shown.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    /// <summary>How long a cancelled operation may take to end its processes. The user waits for it.</summary>
    private static readonly TimeSpan CancellationTimeLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Waits for work. On a terminal it shows a bar on standard error after <see cref="Delay"/>, with the <paramref name="fraction"/>
    /// that is done, if known.
    /// </summary>
    public static Task<T> WaitAsync<T>(
        ToolEnvironment environment, string what, Task<T> work, CancellationToken cancellationToken, Func<double>? fraction = null) =>
        ShowAsync(environment, () => what, work, fraction, cancellationToken);

    /// <summary>
    /// As above, for work that runs programs and has a changing text. After a cancellation it gets up to ten seconds to end them.
    /// </summary>
    public static async Task<T> WaitForProgramsAsync<T>(
        ToolEnvironment environment, Func<string> what, Task<T> work, CancellationToken cancellationToken, Func<double>? fraction = null)
    {
        try
        {
            return await ShowAsync(environment, what, work, fraction, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(work, Task.Delay(CancellationTimeLimit, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<T> ShowAsync<T>(
        ToolEnvironment environment, Func<string> what, Task<T> work, Func<double>? fraction, CancellationToken cancellationToken)
    {
        var stoppable = work.WaitAsync(cancellationToken);
        if (environment.IsErrorTerminal
            && await Task.WhenAny(stoppable, Task.Delay(Delay, cancellationToken)).ConfigureAwait(false) != stoppable)
        {
            var console = ToolConsole.Over(environment.Error, isTerminal: true);
            await console.Progress()
                .AutoClear(enabled: true)
                .Columns(
                    new TaskDescriptionColumn(),
                    new ProgressBarColumn(),
                    fraction is null ? new ElapsedTimeColumn() : new RemainingTimeColumn())
                .StartAsync(async bar =>
                {
                    var task = bar.AddTask(Escaped(what), maxValue: 1).IsIndeterminate(fraction is null);
                    while (await Task.WhenAny(stoppable, Task.Delay(Step, cancellationToken)).ConfigureAwait(false) != stoppable)
                    {
                        task.Description = Escaped(what);
                        task.Value = fraction?.Invoke() ?? 0;
                    }
                }).ConfigureAwait(false);
        }

        return await stoppable.ConfigureAwait(false);
    }

    private static string Escaped(Func<string> what) => Markup.Escape(Printable.Text(what()));
}

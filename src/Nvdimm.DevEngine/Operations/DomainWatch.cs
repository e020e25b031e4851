using Nvdimm.DevEngine.Machines;


namespace Nvdimm.DevEngine.Operations;

/// <summary>Notices guests that end by themselves, and after a crash of this program the state of the VMs that it ran.</summary>
internal sealed partial class DomainWatch(EndedVms ended, Virsh virsh, ILogger<DomainWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!virsh.IsConfigured)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await ended.NoticeAsync(stoppingToken);
            }
            catch (MachineException unreachable)
            {
                Unreachable(unreachable.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "What has become of VMs could not be found out: {Reason}")]
    private partial void Unreachable(string reason);
}

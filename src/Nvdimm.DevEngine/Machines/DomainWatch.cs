using Nvdimm.DevEngine.Operations;

namespace Nvdimm.DevEngine.Machines;

/// <summary>Notices guests that end by themselves, and after a crash of this program what has become of the VMs that it ran.</summary>
internal sealed partial class DomainWatch(VmDesk desk, Virsh virsh, ILogger<DomainWatch> log) : BackgroundService
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
                await desk.NoticeEndedAsync(stoppingToken);
            }
            catch (MachineException unreachable)
            {
                Unreachable(unreachable.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "libvirt does not answer: {Reason}")]
    private partial void Unreachable(string reason);
}

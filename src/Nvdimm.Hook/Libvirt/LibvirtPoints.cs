using Nvdimm.Hook.Points;

namespace Nvdimm.Hook.Libvirt;

/// <summary>The operations for which libvirt calls its QEMU hook, by name.</summary>
internal static class LibvirtPoints
{
    /// <summary>The handler of a call. An unknown operation does nothing: a later libvirt may add some.</summary>
    public static IHookPoint Of(LibvirtCall call) => call.Name switch
    {
        "prepare begin" => new PrepareBegin(),
        "start begin" => new StartBegin(),
        "started begin" => new StartedBegin(),
        "restore begin" => new RestoreBegin(),
        "migrate begin" => new MigrateBegin(),
        "stopped end" => new DomainEnd(isReleased: false),
        "release end" => new DomainEnd(isReleased: true),
        "reconnect begin" => new RunningDomain(ExitStatus.Good),
        "attach begin" => new RunningDomain(ExitStatus.Refused),
        _ => new OtherOperation(),
    };
}

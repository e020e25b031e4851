using Nvdimm.Hook.Points;

namespace Nvdimm.Hook.Libvirt;

/// <summary>The operations for which libvirt calls its hook of QEMU, by their names.</summary>
internal static class LibvirtPoints
{
    /// <summary>What is done at a call. Of an operation that is not known, nothing: a later libvirt may have more.</summary>
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

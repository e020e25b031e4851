using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Hook.Files;

namespace Nvdimm.Hook;

/// <summary>The inputs of one hook run. The configuration is read on first use, because a VM without NVDIMMs does not need it.</summary>
internal sealed class HookContext
{
    private readonly Lazy<HookConfiguration> configuration;

    public HookContext(Invocation invocation, Payload payload, Func<string, string?> environment, TimeProvider time)
    {
        (Invocation, Payload, Environment, Time) = (invocation, payload, environment, time);
        configuration = new(() => HookConfiguration.Load(invocation.Root, invocation.Options.Configuration), isThreadSafe: false);
        VmId = environment("vmId") is { Length: > 0 } id ? id : null;
    }

    private HookContext(HookContext other, string? vmId)
    {
        (Invocation, Payload, Environment, Time, configuration) =
            (other.Invocation, other.Payload, other.Environment, other.Time, other.configuration);
        VmId = vmId;
    }

    public Invocation Invocation { get; }

    /// <summary>The payload: the file that VDSM passed, or libvirt's standard input.</summary>
    public Payload Payload { get; }

    /// <summary>The environment. VDSM puts the VM's custom properties there; empty if libvirt is the caller.</summary>
    public Func<string, string?> Environment { get; }

    public TimeProvider Time { get; }

    /// <summary>The VM's id: from VDSM's environment, or from the domain if libvirt is the caller; null if there is none.</summary>
    public string? VmId { get; }

    /// <summary>This context with the VM id that libvirt passes only inside the domain.</summary>
    public HookContext Of(string? vmId) => new(this, vmId);

    /// <summary>The configuration of the hook.</summary>
    /// <exception cref="HookException">The configuration is invalid, or cannot be read.</exception>
    public HookConfiguration Configuration => configuration.Value;

    /// <summary>Whether the configuration was read and is valid.</summary>
    public bool HasConfiguration
    {
        get
        {
            try
            {
                return configuration.Value is not null;
            }
            catch (HookException)
            {
                return false;
            }
        }
    }

    /// <summary>Whether the hook only reports and changes nothing.</summary>
    public bool IsSimulation => Invocation.Options.IsSimulation || Configuration.IsSimulation;

    /// <summary>The folder below which sysfs, devices and pid files are looked for.</summary>
    public string Root => Invocation.Root;
}

using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Hook.Files;

namespace Nvdimm.Hook;

/// <summary>What a hook works with. The configuration is read when it is first needed: a VM without NVDIMMs does not need it.</summary>
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
        (Invocation, Payload, Environment, Time, configuration) = (other.Invocation, other.Payload, other.Environment, other.Time, other.configuration);
        VmId = vmId;
    }

    public Invocation Invocation { get; }

    /// <summary>The file that VDSM gave, or what libvirt gave on standard input.</summary>
    public Payload Payload { get; }

    /// <summary>The environment, in which VDSM puts a VM's custom properties; empty where libvirt calls.</summary>
    public Func<string, string?> Environment { get; }

    public TimeProvider Time { get; }

    /// <summary>The VM's id as VDSM gives it, or as its domain has it where libvirt calls; null where there is none.</summary>
    public string? VmId { get; }

    /// <summary>The same for a VM with this id, which libvirt tells in the domain only.</summary>
    public HookContext Of(string? vmId) => new(this, vmId);

    /// <summary>The configuration.</summary>
    /// <exception cref="HookException">It is wrong, or cannot be read.</exception>
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

    /// <summary>Whether nothing may be changed.</summary>
    public bool IsSimulation => Invocation.Options.IsSimulation || Configuration.IsSimulation;

    /// <summary>The root for sysfs, devices and pid files.</summary>
    public string Root => Invocation.Root;
}

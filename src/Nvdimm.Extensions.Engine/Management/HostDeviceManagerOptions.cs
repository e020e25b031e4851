namespace Nvdimm.Extensions.Engine.Management;

/// <summary>The options of a <see cref="HostDeviceManager"/>.</summary>
public sealed record HostDeviceManagerOptions
{
    /// <summary>The number of hosts, or of VMs, to read at once, from 1 to 1,000. Default: 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Concurrency
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            field = value;
        }
    } = 8;

    /// <summary>The clock that gives the day of posted findings. Default: the system's clock.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider Time
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    /// <summary>The origin of posted events, as the engine shows it. Default: <c>Nvdimm.Extensions</c>.</summary>
    /// <exception cref="ArgumentException">The value is null or empty, or <c>oVirt</c>, which is the engine itself.</exception>
    public string EventOrigin
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = string.Equals(value, "oVirt", StringComparison.OrdinalIgnoreCase)
                ? throw new ArgumentException("oVirt is the engine itself", nameof(value))
                : value;
        }
    } = "Nvdimm.Extensions";
}

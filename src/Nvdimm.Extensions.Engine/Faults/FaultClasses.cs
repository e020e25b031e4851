namespace Nvdimm.Extensions.Engine.Faults;

/// <summary>Returns the kind of each of the engine's codes (oVirt Engine 4.5, the annotations of <c>EngineMessage.java</c>).</summary>
internal static class FaultClasses
{
    /// <summary>The kind of a code; <see cref="FaultClass.Conflict"/> for a code that is not the engine's.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    public static FaultClass Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code is EngineCodes.VmNotFound
            or EngineCodes.HostDeviceNotFound
            or EngineCodes.DeviceMustBeSpecified
            or EngineCodes.NumaUnavailable
            ? FaultClass.BadParameters
            : FaultClass.Conflict;
    }
}

/// <summary>The kind of refusal of a code, which decides the HTTP status of the answer.</summary>
internal enum FaultClass
{
    /// <summary>The current state forbids the operation: 409. Our own codes are always of this kind.</summary>
    Conflict,

    /// <summary>The request itself is invalid: 400.</summary>
    BadParameters,
}

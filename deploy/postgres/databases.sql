-- Beside the history of telemetry (the image makes that one), the registry's schemas.
CREATE DATABASE apicurio;
